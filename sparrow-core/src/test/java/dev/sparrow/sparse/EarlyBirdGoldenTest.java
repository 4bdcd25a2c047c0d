package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.allocation.Uniform;
import dev.sparrow.config.EarlyBirdConfig;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.config.TicketKind;
import dev.sparrow.data.Batches;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The detector's distances and decisions over six snapshots, against those of the reference, exactly. */
class EarlyBirdGoldenTest {

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (JsonNode run : Golden.reference().get("early_bird")) {
      for (TicketKind kind : TicketKind.values()) {
        cases.add(Arguments.of(run.get("seed").asLong(), kind, run));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("cases")
  void detectorAgrees(long seed, TicketKind kind, JsonNode run) {
    Density density = new Density(run.get("density").asDouble());
    double drift = run.get("drift").asDouble();
    JsonNode expected = run.get(kind.label());
    EarlyBirdTraining training = new EarlyBirdTraining(config(kind), density);
    for (int epoch = 0; epoch < run.get("snapshots").asInt(); epoch++) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors snapshot = snapshot(seed, epoch, drift);
        training.afterEpoch(new TensorsClassifier(snapshot), new EpochSignals(epoch, 0, 0, 0));
        JsonNode golden = expected.get(epoch);
        assertThat(new TicketPreview(kind, snapshot).at(density).active()).isEqualTo(golden.get("kept").asLong());
        assertThat(settledNow(training)).isEqualTo(golden.get("emerged").asBoolean());
        assertThat(referenceDistances(training)).isEqualTo(doubles(golden.get("distances")));
      }
    }
    assertThat(training.isComplete()).isEqualTo(Stream.of(expected).anyMatch(all -> all.findValuesAsText("emerged").contains("true")));
  }

  /** The ticket itself, drawn from the last snapshot: the largest magnitudes of convolutions and the linear layer together. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("runs")
  void ticketAgrees(long seed, JsonNode run) {
    PruneConfig magnitude =
        new PruneConfig(
            ScorerKind.MAGNITUDE, Optional.of(PruneScope.GLOBAL), 1, OptionalInt.of(1), false, 0, 0.75, Optional.empty());
    FirstMasks ticket = new FirstMasks(magnitude, new Uniform(), new Density(run.get("density").asDouble()));
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors last = snapshot(seed, run.get("snapshots").asInt() - 1, run.get("drift").asDouble());
      try (MaskSet masks = ticket.make(new TensorsClassifier(last), DeviceSpec.CPU, Batches.NONE, new Seed(1))) {
        List<Long> kept = masks.asMap().values().stream().map(Mask::active).toList();
        List<Long> expected = new ArrayList<>();
        run.get("global_l1_kept_per_layer").forEach(count -> expected.add(count.asLong()));
        assertThat(kept).isEqualTo(expected);
      }
    }
  }

  static Stream<Arguments> runs() {
    List<Arguments> runs = new ArrayList<>();
    Golden.reference().get("early_bird").forEach(run -> runs.add(Arguments.of(run.get("seed").asLong(), run)));
    return runs.stream();
  }

  /** The reference lists the oldest mask of the window first, and ones until the window is full. */
  private static List<Double> referenceDistances(EarlyBirdTraining training) {
    List<Double> latest = new ArrayList<>(training.settling().orElseThrow().latest());
    if (latest.size() < 4) {
      return Collections.nCopies(4, 1.0);
    }
    Collections.reverse(latest);
    return latest;
  }

  /** Whether the newest mask alone makes the decision: the golden numbers do not remember earlier ones. */
  private static boolean settledNow(EarlyBirdTraining training) {
    MaskSettling settling = training.settling().orElseThrow();
    return settling.latest().size() == 4 && settling.latest().stream().allMatch(distance -> distance <= settling.threshold());
  }

  private static EarlyBirdConfig config(TicketKind kind) {
    EarlyBirdConfig standard = EarlyBirdConfig.DEFAULT;
    return new EarlyBirdConfig(
        kind,
        standard.objective(),
        standard.epochs(),
        standard.lr(),
        standard.lrMilestones(),
        standard.window(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static NamedTensors snapshot(long seed, int epoch, double drift) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("0.weight", Shape.of(8, 3, 3, 3));
    shapes.put("0.bias", Shape.of(8));
    shapes.put("1.weight", Shape.of(8));
    shapes.put("1.bias", Shape.of(8));
    shapes.put("2.weight", Shape.of(16, 8, 3, 3));
    shapes.put("2.bias", Shape.of(16));
    shapes.put("3.weight", Shape.of(16));
    shapes.put("3.bias", Shape.of(16));
    shapes.put("5.weight", Shape.of(10, 16));
    shapes.put("5.bias", Shape.of(10));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> tensors.put(name, Tensors.ofFloats(values(seed, epoch, tensors.size(), drift, shape), shape.toLongs())));
    return new NamedTensors(tensors);
  }

  private static float[] values(long seed, int epoch, int k, double drift, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      double a = Golden.uniform(940000000L + seed * 1000 + k, i);
      double b = Golden.uniform(950000000L + seed * 1000 + 100L * epoch + k, i);
      values[i] = (float) ((2 * a - 1) + drift * (2 * b - 1));
    }
    return values;
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values;
  }
}
