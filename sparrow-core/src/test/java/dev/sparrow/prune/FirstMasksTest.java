package dev.sparrow.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.allocation.IdealGasQuota;
import dev.sparrow.allocation.Uniform;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.data.Batches;
import dev.sparrow.data.Normalization;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.GoldenImages;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FirstMasksTest {

  private static final Seed SEED = new Seed(3);
  private static final float[] FIRST = {1, -6, 3, -2, 5, 4};
  private static final float[] SECOND = {-10, 0.5f, 2, 7};
  private static final float[] ONES = {1, 1, 1, 1, 1, 1};

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest
  @CsvSource({
    "global, 1.0, 111111, 1111",
    "global, 0.5, 010011, 1001", // 10, 7, 6, 5, 4
    "global, 0.2, 000000, 1001",
    "layer,  0.5, 010011, 1001", // 6, 5, 4 and 10, 7
    "layer,  0.4, 010011, 1001", // 6 - int(3.6) = 3 and 4 - int(2.4) = 2
    "layer,  0.1, 010000, 1000", // 6 - int(5.4) = 1 and 4 - int(3.6) = 1
  })
  void keepsTheLargestMagnitudes(String scope, double density, String first, String second) {
    try (Classifier model = TinyNet.of(FIRST, SECOND)) {
      assertMasks(model, config(ScorerKind.MAGNITUDE, scope, 1, true), density, first, second);
    }
  }

  @Test
  void amongEqualScoresTheEarlierWeightsAreKept() {
    try (Classifier model = TinyNet.of(ONES, new float[] {1, 1, 1, 2})) {
      assertMasks(model, config(ScorerKind.MAGNITUDE, "global", 1, true), 0.5, "111100", "0001");
      assertMasks(model, config(ScorerKind.MAGNITUDE, "layer", 1, true), 0.5, "111000", "1001");
    }
  }

  /** What every run of this library had before there were scorers. */
  @ParameterizedTest
  @EnumSource(PruneScope.class)
  void randomMasksPerLayerAreThoseOfOldRuns(PruneScope pruneScope) {
    try (Classifier model = FormulaNetwork.of(FlatNet.blueprint(), 1);
        MaskSet made = make(config(ScorerKind.RANDOM, pruneScope.label(), 1, false), 0.3, model, Batches.NONE);
        MaskSet old = MaskSet.random(model.parameters(), new IdealGasQuota().allocate(shapes(), new Density(0.3)), SEED.derive("masks"))) {
      assertThat(made.names()).containsExactlyElementsOf(old.names());
      assertThat(made.distance(old) == 0).isEqualTo(pruneScope == PruneScope.LAYER);
    }
    assertThat(PruneConfig.DEFAULT.scorer()).isEqualTo(ScorerKind.RANDOM);
    assertThat(PruneConfig.DEFAULT.effectiveScope()).isEqualTo(PruneScope.LAYER);
  }

  /** Uniform over the network: every layer is as dense as the whole, up to chance (five standard deviations). */
  @Test
  void randomScoresAreUniformOverTheNetwork() {
    try (Classifier model = FormulaNetwork.of(FlatNet.blueprint(), 1);
        MaskSet masks = make(config(ScorerKind.RANDOM, "global", 1, false), 0.3, model, Batches.NONE)) {
      assertThat(masks.active()).isEqualTo(new Density(0.3).activeOf(216 + 576 + 1280));
      masks.asMap().values().forEach(mask -> assertThat(Math.abs(mask.density() - 0.3)).isLessThan(5 * Math.sqrt(0.21 / mask.size())));
    }
  }

  @Test
  void imagesThatAreMissingAreRefused() {
    try (Classifier model = FormulaNetwork.of(FlatNet.blueprint(), 1, Normalization.NONE)) {
      PruneConfig snip = config(ScorerKind.SNIP, "global", 1, false);
      assertThatThrownBy(() -> make(snip, 0.5, model, Batches.NONE))
          .isInstanceOf(BadInput.class)
          .hasMessage("images for the scorer snip: expected at least 1 batches, as score-batches says, got none");
      PruneConfig three = new PruneConfig(ScorerKind.GRASP, Optional.empty(), 3, OptionalInt.empty(), false, 0, 1, Optional.empty());
      assertThatThrownBy(() -> make(three, 0.5, model, new GoldenImages(2, 4, FlatNet.IMAGE_SIZE, FlatNet.CLASSES)))
          .isInstanceOf(BadInput.class)
          .hasMessage("images for the scorer grasp: expected at least 3 batches, as score-batches says, got 2");
    }
  }

  @ParameterizedTest
  @CsvSource({"grasp", "synflow"})
  void anotherEngineIsRefusedWhereItLacksTheDerivatives(String scorer) {
    try (LinearClassifier model = LinearClassifier.random(4, 3, 1)) {
      assertThatThrownBy(
              () -> make(config(ScorerKind.parse(scorer), "global", 1, false), 0.5, model, new GoldenImages(1, 4, 4, 3)))
          .isInstanceOf(BadInput.class)
          .hasMessage("engine of the scorer " + scorer + ": expected libtorch, which has its derivatives, got LinearClassifier");
    }
  }

  @Test
  void scoresThatAreNotFiniteAreRefused() {
    try (Classifier model = TinyNet.of(FIRST, new float[] {1, Float.NaN, 1, 1})) {
      assertThatThrownBy(() -> make(config(ScorerKind.MAGNITUDE, "global", 1, false), 0.5, model, Batches.NONE))
          .isInstanceOf(BadInput.class)
          .hasMessage("scores: expected finite numbers, got NaN or infinity (second.weight)");
    }
  }

  @Test
  void anEmptyLayerIsRefusedUnlessAllowed() {
    try (Classifier model = TinyNet.of(new float[] {9, 8, 7, 6, 5, 4}, new float[] {3, 2, 1, 0})) {
      assertThatThrownBy(() -> make(config(ScorerKind.MAGNITUDE, "global", 1, false), 0.5, model, Batches.NONE))
          .isInstanceOf(BadInput.class)
          .hasMessage(
              "active weights: expected at least one in every layer, got none in second.weight (4 weights)"
                  + " (global magnitude at density 0.5; --allow-collapse lets it pass)");
      assertMasks(model, config(ScorerKind.MAGNITUDE, "global", 1, true), 0.5, "111110", "0000");
    }
  }

  /** At most one weight of ten is left from the sixteenth round on, and nothing flows through it. */
  @Test
  void synapticFlowThatHasDriedUpIsACollapse() {
    try (Classifier model = TinyNet.of(FIRST, SECOND)) {
      FirstMasks masks = new FirstMasks(config(ScorerKind.SYNFLOW, "global", 20, false), new Uniform(), new Density(0.05));
      assertThatThrownBy(() -> masks.make(model, DeviceSpec.CPU, Batches.NONE, SEED))
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("active weights: expected at least one in every layer, got none in ");
      FirstMasks allowed = new FirstMasks(config(ScorerKind.SYNFLOW, "global", 20, true), new Uniform(), new Density(0.05));
      try (MaskSet made = allowed.make(model, DeviceSpec.CPU, Batches.NONE, SEED)) {
        assertThat(made.active()).isEqualTo(1);
      }
    }
  }

  private static PruneConfig config(ScorerKind scorer, String scope, int rounds, boolean allowCollapse) {
    return new PruneConfig(
        scorer, Optional.of(PruneScope.parse(scope)), 1, OptionalInt.of(rounds), allowCollapse, 0, 1, Optional.empty());
  }

  private static MaskSet make(PruneConfig config, double density, Classifier model, Batches images) {
    return new FirstMasks(config, new IdealGasQuota(), new Density(density)).make(model, DeviceSpec.CPU, images, SEED);
  }

  private static void assertMasks(Classifier model, PruneConfig config, double density, String first, String second) {
    FirstMasks masks = new FirstMasks(config, new Uniform(), new Density(density));
    try (MaskSet made = masks.make(model, DeviceSpec.CPU, Batches.NONE, SEED)) {
      assertThat(Subjects.text(made, TinyNet.FIRST) + " " + Subjects.text(made, TinyNet.SECOND)).isEqualTo(first + " " + second);
    }
  }

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>(FlatNet.blueprint().prunable());
    assertThat(shapes).hasSize(3);
    return shapes;
  }
}
