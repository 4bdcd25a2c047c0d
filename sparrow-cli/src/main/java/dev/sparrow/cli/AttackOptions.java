package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AutoAttack;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.units.Labelled;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which attacks an evaluation runs. */
final class AttackOptions {

  private static final String AUTOATTACK = "autoattack";

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "fgsm,pgd",
      description =
          "Attacks, in this order, each on the images that stand, comma-separated (autoattack, " + AttackNames.KNOWN + "; default: ${DEFAULT-VALUE})")
  private List<String> names = List.of();

  @Alternative("version")
  @Option(
      names = "--autoattack-version",
      paramLabel = "NAME",
      description = "Which version of autoattack (one of standard, plus, rand, quick; default: standard)")
  private Optional<String> version = Optional.empty();

  @Alternative("version")
  @Option(names = "--quick", description = "Short for --autoattack-version quick: apgd-ce and apgd-t alone (a switch; default: off)")
  private boolean quick;

  @Option(
      names = "--transfer-from",
      paramLabel = "PATH",
      description =
          "Craft the adversarial images on another network, and try them on this one (a run folder, a ticket, weights of an export, which "
              + "describe their network, or a TorchScript model that you trust; default: none)")
  private Optional<Path> source = Optional.empty();

  /**
   * The attacks.
   *
   * @param config norm, radius, step, number of steps and start
   * @return in order, on the network itself
   * @throws BadInput if a name is not known, or options contradict one another
   */
  List<Attack> attacks(AttackConfig config) {
    AutoAttack chosen = autoAttack();
    if ((quick || version.isPresent()) && !names.contains(AUTOATTACK)) {
      throw BadInput.usage("--attack", AUTOATTACK + " with " + (quick ? "--quick" : "--autoattack-version"), String.join(",", names));
    }
    ThreatModel threatModel = new ThreatModel(config.norm(), config.eps());
    return names.stream()
        .flatMap(name -> name.equals(AUTOATTACK) ? chosen.attacks(threatModel).stream() : Stream.of(AttackNames.attack(name, config)))
        .toList();
  }

  private AutoAttack autoAttack() {
    if (quick && version.isPresent()) {
      throw BadInput.usage("--quick", "no --autoattack-version", version.get());
    }
    return quick
        ? AutoAttack.QUICK
        : version.map(label -> Labelled.parse(AutoAttack.class, "--autoattack-version", label)).orElse(AutoAttack.STANDARD);
  }

  /** Whether networks are expected to answer at random. */
  boolean randomized() {
    return names.contains(AUTOATTACK) && autoAttack() == AutoAttack.RAND;
  }

  /** Whether the result is what leaderboards call robust accuracy. */
  boolean isAutoAttack() {
    return names.equals(List.of(AUTOATTACK)) && autoAttack() != AutoAttack.QUICK && source.isEmpty();
  }

  /** Where the adversarial images are crafted; empty if on the network itself. */
  Optional<Path> source() {
    return source;
  }

  /** The attacks in a few characters, for the name of a folder. */
  String shortName() {
    String version = names.contains(AUTOATTACK) && autoAttack() != AutoAttack.STANDARD ? "-" + autoAttack().label() : "";
    return (source.isPresent() ? "transfer-" : "") + String.join("+", names).replace(AUTOATTACK, AUTOATTACK + version);
  }
}
