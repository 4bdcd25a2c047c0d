package dev.sparrow.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.units.Density;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkFactsTest {

  private static final ModelInfo INFO =
      new ModelInfo(new NetworkConfig(Arch.RESNET18, 4, 34, 10), new Density(0.5), 10, 32, Normalization.CIFAR10);
  private static final EpochRecord.Validation VALIDATION = new EpochRecord.Validation(0.6, 0.3, 1.9);
  private static final EpochRecord.Test TEST = new EpochRecord.Test(0.5, 0.25);

  private static ModelCard card(ModelInfo info, Optional<ModelCard.Measured> measured) {
    return new ModelCard(ModelCard.FORMAT, info, false, 0.25, Optional.of("sha256:1"), measured);
  }

  private static Map<String, Object> facts(ModelCard card) {
    return NetworkFacts.of(card, card.model().blueprint()).plain();
  }

  @Test
  void everythingThatIsKnown() {
    ModelCard card = card(INFO, Optional.of(new ModelCard.Measured(3, VALIDATION, Optional.of(TEST), Optional.of(AttackConfig.TEST))));
    assertThat(facts(card))
        .containsExactly(
            entry("architecture", "resnet18"),
            entry("width", 4),
            entry("classes", 10),
            entry("imageSize", 32),
            entry("normalization", "cifar10"),
            entry("mean", List.of(.4914, .4822, .4465)),
            entry("std", List.of(.2470, .2435, .2616)),
            entry("density", 0.25),
            entry("nonzeroFraction", 0.25),
            entry("compact", false),
            entry("cleanAccuracy", 0.5),
            entry("robustAccuracy", 0.25),
            entry("accuracyImages", "test"),
            entry("attack", "pgd-20, linf 8/255, step size 2/255, random start"),
            entry("epoch", 3),
            entry("configHash", "sha256:1"),
            entry("version", Versions.current().get("sparrow")),
            entry("sparrow.model", card.toMetadata().get("sparrow.model")));
  }

  @Test
  void validationImagesWhereTheEpochWasNotTested() {
    AttackConfig attack = new AttackConfig(Norm.L2, Epsilon.levels(128), Epsilon.levels(15), 7, false);
    assertThat(facts(card(INFO, Optional.of(new ModelCard.Measured(0, VALIDATION, Optional.empty(), Optional.of(attack))))))
        .containsEntry("cleanAccuracy", 0.6)
        .containsEntry("robustAccuracy", 0.3)
        .containsEntry("accuracyImages", "validation")
        .containsEntry("attack", "pgd-7, l2 128/255, step size 15/255");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    ModelInfo wide = new ModelInfo(new NetworkConfig(Arch.WIDERESNET, 64, 10, 2), new Density(0.5), 10, 32, Normalization.NONE);
    ModelCard foreign = new ModelCard(ModelCard.FORMAT, wide, false, 1, Optional.empty(), Optional.empty());
    assertThat(facts(foreign))
        .containsEntry("width", 64)
        .containsEntry("depthFactor", 10)
        .containsEntry("widthFactor", 2)
        .doesNotContainKeys("cleanAccuracy", "robustAccuracy", "accuracyImages", "attack", "epoch", "configHash");
  }

  /** The fraction of the file's weights is the larger one, since there are fewer. */
  @Test
  void densityIsOfTheWholeNetwork() {
    ModelInfo narrow = new ModelInfo(new NetworkConfig(Arch.RESNET18, 2, 34, 10), new Density(0.5), 10, 32, Normalization.CIFAR10);
    ModelCard compact = new ModelCard(ModelCard.FORMAT, INFO, true, 1, Optional.empty(), Optional.empty());
    Map<String, String> texts = NetworkFacts.of(compact, narrow.blueprint()).texts();
    double share = narrow.blueprint().prunableCount() / (double) INFO.blueprint().prunableCount();
    assertThat(texts).containsEntry("nonzeroFraction", "1.0").containsEntry("density", String.valueOf(share)).containsEntry("compact", "true");
    assertThat(texts).containsEntry("mean", "[0.4914, 0.4822, 0.4465]");
  }
}
