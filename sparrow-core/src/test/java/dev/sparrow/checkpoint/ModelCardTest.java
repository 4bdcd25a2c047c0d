package dev.sparrow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.Json;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.sparse.DensityEvent;
import dev.sparrow.units.Density;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelCardTest {

  private static final ModelInfo INFO = new ModelInfo(NetworkConfig.DEFAULT, new Density(0.5), 10, 32, Normalization.CIFAR10);
  private static final EpochRecord EPOCH =
      new EpochRecord(
          3,
          0.1,
          1.5,
          0.4,
          new EpochRecord.Validation(0.6, 0.3, 1.9),
          Optional.of(new EpochRecord.Test(0.5, 0.25)),
          0.5,
          0,
          0.5,
          DensityEvent.NONE,
          10,
          100);

  private static Manifest manifest(Progress progress, List<EpochRecord> history) {
    return new Manifest(Manifest.FORMAT, "sha256:1", INFO, progress, Json.tree(Map.of()), history, "sha256:2", Map.of());
  }

  @Test
  void aCardComesBack() {
    ModelOrigin origin = ModelOrigin.of(manifest(Progress.START, List.of(EPOCH)), Optional.of(AttackConfig.TEST));
    ModelCard card = ModelCard.of(INFO, origin, true, 0.75);
    assertThat(card.configHash()).contains("sha256:1");
    assertThat(card.measured()).contains(new ModelCard.Measured(3, EPOCH.validation(), EPOCH.test(), Optional.of(AttackConfig.TEST)));
    assertThat(ModelOrigin.of(card)).isEqualTo(origin);
    assertThat(card.toMetadata()).containsOnlyKeys("sparrow.model");
    assertThat(ModelCard.read(card.toMetadata(), "test")).contains(card);
  }

  @Test
  void weightsFromTheMiddleOfAnEpochWereNotMeasured() {
    Progress between = Progress.START.afterBatch(3, 0.5, 2, 1.25, 7);
    assertThat(ModelOrigin.of(manifest(between, List.of(EPOCH)), Optional.empty()).measured()).isEmpty();
    assertThat(ModelOrigin.of(manifest(Progress.START, List.of()), Optional.empty()).measured()).isEmpty();
  }

  @Test
  void foreignFilesHaveNoCard() {
    assertThat(ModelCard.read(Map.of("format", "pt"), "test")).isEmpty();
  }

  @Test
  void damagedCardsAreRefused() {
    assertThatThrownBy(() -> ModelCard.read(Map.of("sparrow.model", "{"), "test")).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> ModelCard.read(Map.of("sparrow.model", "{}"), "test"))
        .isInstanceOf(BadInput.class)
        .hasMessage("model format: expected 1, got none (sparrow.model in test)");
    assertThatThrownBy(() -> ModelCard.read(Map.of("sparrow.model", "{\"format\": 1, \"compact\": true}"), "test"))
        .isInstanceOf(BadInput.class);
  }
}
