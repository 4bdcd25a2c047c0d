package dev.sparrow.interop;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelCard.Measured;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.units.Versions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says about its network, the same in every format: facts by name for people and other programs, and the {@link ModelCard} as
 * one text for Sparrow.
 */
final class NetworkFacts {

  private final Map<String, Object> facts = new LinkedHashMap<>();

  private NetworkFacts() {}

  /**
   * The facts of a network.
   *
   * @param card its description
   * @param written the network in the file, which may have fewer channels
   */
  static NetworkFacts of(ModelCard card, Blueprint written) {
    NetworkFacts facts = new NetworkFacts();
    facts.network(card.model());
    double nonzeros = card.nonzeroFraction() * written.prunableCount();
    facts.put("density", nonzeros / card.model().blueprint().prunableCount());
    facts.put("nonzeroFraction", card.nonzeroFraction());
    facts.put("compact", card.compact());
    card.measured().ifPresent(facts::accuracies);
    card.configHash().ifPresent(hash -> facts.put("configHash", hash));
    facts.put("version", Versions.current().get("sparrow"));
    facts.facts.putAll(card.toMetadata());
    return facts;
  }

  private void network(ModelInfo model) {
    put("architecture", model.network().arch().label());
    put("width", model.network().width());
    if (model.network().arch() == Arch.WIDERESNET) {
      put("depthFactor", model.network().depthFactor());
      put("widthFactor", model.network().widthFactor());
    }
    put("classes", model.numClasses());
    put("imageSize", model.imageSize());
    put("normalization", model.normalization().toString());
    put("mean", model.normalization().mean());
    put("std", model.normalization().std());
  }

  /** Those on test images, or else those on validation images. */
  private void accuracies(Measured measured) {
    Optional<EpochRecord.Test> test = measured.test();
    put("cleanAccuracy", test.map(EpochRecord.Test::clean).orElse(measured.validation().clean()));
    put("robustAccuracy", test.map(EpochRecord.Test::robust).orElse(measured.validation().robust()));
    put("accuracyImages", test.isPresent() ? "test" : "validation");
    measured.attack().ifPresent(attack -> put("attack", text(attack)));
    put("epoch", measured.epoch());
  }

  private static String text(AttackConfig attack) {
    String start = attack.randomStart() ? ", random start" : "";
    return "pgd-" + attack.steps() + ", " + attack.norm().label() + " " + attack.eps() + ", step size " + attack.stepSize() + start;
  }

  private void put(String name, Object fact) {
    facts.put(name, fact);
  }

  /** Numbers, texts and truth values by name. */
  Map<String, Object> plain() {
    return Collections.unmodifiableMap(facts);
  }

  /** All as texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    facts.forEach((name, fact) -> texts.put(name, String.valueOf(fact)));
    return texts;
  }
}
