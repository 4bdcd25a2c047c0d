package dev.sparrow.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.allocation.IdealGasQuota;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.data.Batches;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.Threads;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.GoldenImages;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What first masks may rely on, whatever the scorer. All constants of {@link ScorerKind} are enrolled, on one network of every family. */
class ScorerContractTest {

  private static final List<Arch> FAMILIES =
      List.of(Arch.RESNET18, Arch.RESNET50, Arch.VGG11, Arch.WIDERESNET, Arch.SMALLDENSE, Arch.RESNET18_POST);
  private static final int IMAGE_SIZE = 64;
  private static final int CLASSES = 7;
  private static final Density DENSITY = new Density(0.3);
  private static final int SCORINGS = 50;

  private TensorScope scope;

  static Stream<Arguments> everyScorerOnEveryFamily() {
    return Stream.of(ScorerKind.values()).flatMap(kind -> FAMILIES.stream().map(arch -> Arguments.of(kind, arch)));
  }

  @BeforeEach
  void open() {
    Threads.use(1);
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("everyScorerOnEveryFamily")
  void scoresEveryPrunableWeightAndChangesNothing(ScorerKind kind, Arch arch) {
    try (Classifier model = network(arch)) {
      Map<String, float[]> before = state(model);
      Subject subject = Subjects.dense(model, images(kind, IMAGE_SIZE));
      NamedTensors scores = Scorers.of(kind).scores(subject);
      assertThat(scores.names()).containsExactlyElementsOf(model.prunableParameters());
      scores.forEach(
          (name, tensor) -> {
            assertThat(Tensors.shape(tensor)).isEqualTo(Tensors.shape(model.parameters().get(name)));
            assertThat(tensor.scalar_type().intern()).isEqualTo(ScalarType.Float);
            assertThat(tensor.isfinite().all().item_bool()).as(name).isTrue();
            assertThat(Tensors.item(tensor.max())).as(name).isNotEqualTo(Tensors.item(tensor.min()));
          });
      NamedTensors again = Scorers.of(kind).scores(subject);
      scores.forEach((name, tensor) -> assertThat(Tensors.toFloats(again.get(name))).as(name).isEqualTo(Tensors.toFloats(tensor)));
      state(model).forEach((name, values) -> assertThat(values).as(name).isEqualTo(before.get(name)));
      assertThat(model.mode()).isEqualTo(Mode.EVAL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void masksHaveExactlyTheDensity(ScorerKind kind) {
    for (PruneScope within : PruneScope.values()) {
      for (int rounds : new int[] {1, 3}) {
        try (Classifier model = FormulaNetwork.of(FlatNet.blueprint(), 3);
            MaskSet masks = make(kind, within, rounds, model);
            MaskSet again = make(kind, within, rounds, model);
            MaskSet allocated =
                MaskSet.random(
                    model.parameters(), new IdealGasQuota().allocate(FlatNet.blueprint().prunable(), DENSITY), new Seed(1))) {
          assertThat(masks.names()).containsExactlyElementsOf(model.prunableParameters());
          assertThat(masks.distance(again)).isZero();
          if (within == PruneScope.GLOBAL) {
            assertThat(masks.active()).isEqualTo(DENSITY.activeOf(masks.size()));
          } else {
            assertThat(masks.densities()).isEqualTo(allocated.densities());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoNativeObjectsBehind(ScorerKind kind) {
    try (Classifier model = FormulaNetwork.of(FlatNet.blueprint(), 3)) {
      make(kind, PruneScope.GLOBAL, 2, model).close();
      System.gc(); // what earlier tests left behind must not go while this one counts
      Pointer.deallocateReferences();
      long before = Pointer.totalCount();
      for (int i = 0; i < SCORINGS; i++) {
        make(kind, PruneScope.GLOBAL, 2, model).close();
      }
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  private static MaskSet make(ScorerKind kind, PruneScope scope, int rounds, Classifier model) {
    PruneConfig config = new PruneConfig(kind, Optional.of(scope), 2, OptionalInt.of(rounds), false, 0, 1, Optional.empty());
    return new FirstMasks(config, new IdealGasQuota(), DENSITY)
        .make(model, DeviceSpec.CPU, images(kind, FlatNet.IMAGE_SIZE), new Seed(1));
  }

  /** Scorers that say that they need no images get none. */
  private static Batches images(ScorerKind kind, int imageSize) {
    return Scorers.of(kind).needsImages() ? new GoldenImages(2, 3, imageSize, CLASSES) : Batches.NONE;
  }

  private static Classifier network(Arch arch) {
    return FormulaNetwork.of(Blueprints.create(new NetworkConfig(arch, 2, 10, 1), CLASSES, IMAGE_SIZE, new Density(0.2)), 3);
  }

  private static Map<String, float[]> state(Classifier model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    model.parameters().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    model.buffers().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    return values;
  }
}
