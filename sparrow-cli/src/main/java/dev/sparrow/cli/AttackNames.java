package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Attacks;
import dev.sparrow.attack.AutoAttack;
import dev.sparrow.attack.Pgd;
import dev.sparrow.attack.Restarts;
import dev.sparrow.attack.TargetedPgd;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.units.Norm;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single attacks by the names that {@code --attack} takes. */
final class AttackNames {

  /** For help texts. */
  static final String KNOWN =
      "fgsm, pgd (with --test-attack-steps steps), pgd-K (with K steps), pgd-K-tN (towards N other classes), either with xR behind it (R restarts), cw (of --norm), cw-l2, apgd-ce, "
          + "apgd-dlr, apgd-t, fab, fab-t, square";

  private static final Pattern PGD = Pattern.compile("pgd-([1-9]\\d{0,5})(?:-t([1-9]\\d{0,3}))?(?:x([1-9]\\d{0,3}))?");
  private static final int TARGETS = 2;
  private static final int RESTARTS = 3;

  private AttackNames() {}

  /**
   * Finds an attack.
   *
   * @param name its name
   * @param config norm, radius, step, number of steps and start
   * @return the attack
   * @throws BadInput if there is none of that name
   */
  static Attack attack(String name, AttackConfig config) {
    return switch (name) {
      case "fgsm" -> Attacks.fgsm(config);
      case "pgd" -> Attacks.pgd(config);
      case "cw" -> Attacks.carliniWagner(config);
      case "cw-l2" -> carliniWagnerL2(config);
      default -> AutoAttack.member(name, new ThreatModel(config.norm(), config.eps())).orElseGet(() -> pgd(name, config));
    };
  }

  private static Attack carliniWagnerL2(AttackConfig config) {
    if (config.norm() != Norm.L2) {
      throw BadInput.usage("--norm", "l2 with --attack cw-l2", config.norm().label());
    }
    return Attacks.carliniWagner(config);
  }

  private static Attack pgd(String name, AttackConfig config) {
    Matcher matcher = PGD.matcher(name);
    if (!matcher.matches()) {
      throw BadInput.usage("--attack", "one of " + KNOWN, "'" + name + "'");
    }
    ThreatModel threatModel = new ThreatModel(config.norm(), config.eps());
    int steps = Integer.parseInt(matcher.group(1));
    Pgd plain = new Pgd(threatModel, config.stepSize(), steps, config.randomStart(), CrossEntropy.INSTANCE);
    Attack once = number(matcher, TARGETS).<Attack>map(targets -> new TargetedPgd(plain, targets)).orElse(plain);
    return number(matcher, RESTARTS).<Attack>map(times -> new Restarts(once, times)).orElse(once);
  }

  private static Optional<Integer> number(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).map(Integer::valueOf);
  }
}
