package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.loss.Dlr;
import dev.sparrow.loss.TargetedDlr;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.Threads;
import dev.sparrow.testing.DoubleNet;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** APGD from a given start, in float64, goes where the authors' implementation goes. */
class GoldenApgdTest {

  private static final JsonNode GOLDEN = Golden.autoAttack();
  private static final long SEED = GOLDEN.get("seed").asLong();
  private static final int N = GOLDEN.get("batch").asInt();
  private static final long START_STREAM = 960000000L;

  /** Relative: 20 iterations of the cross-entropy; 20 of the DLR, which soon hardly moves; 100, after which paths may have parted. */
  private static final double EXACT = 1e-6;

  private static final double CLOSE = 1e-4;
  private static final double PARTED = 1e-3;

  private TensorScope scope;
  private DoubleNet model;
  private Tensor images;
  private Tensor labels;

  @BeforeEach
  void open() {
    Threads.use(1);
    scope = TensorScope.open();
    model = new DoubleNet(SEED);
    images = DoubleNet.images(SEED, N);
    labels = longs("labels");
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
  }

  static Stream<Named<JsonNode>> runs() {
    return StreamSupport.stream(GOLDEN.get("runs").spliterator(), false).map(run -> Named.of(title(run), run));
  }

  private static String title(JsonNode run) {
    return run.get("attack").asText() + " " + run.get("norm").asText() + " " + run.get("eps") + " " + run.get("iterations");
  }

  /** Rows go on after they are broken, as the authors' do within an attempt: the table is advanced without asking who is done. */
  @ParameterizedTest
  @MethodSource("runs")
  void followsTheAuthors(JsonNode golden) {
    Norm norm = Norm.parse(golden.get("norm").asText().toLowerCase(Locale.ROOT));
    ThreatModel threatModel = new ThreatModel(norm, new Epsilon(golden.get("eps").asDouble()));
    int iterations = golden.get("iterations").asInt();
    Apgd apgd = new Apgd(threatModel, aim(golden.get("attack").asText()), iterations, 1, 1);
    double tolerance = iterations > 20 ? PARTED : golden.get("attack").asText().equals("apgd-ce") ? EXACT : CLOSE;
    try (TensorTable table = Search.table(LongStream.range(0, N).toArray(), images, labels)) {
      table.put(Search.ADVERSARIAL, images);
      Tensor no = labels.ne(labels);
      table.put(Search.BROKEN, no);
      table.put(RepeatedSearch.OVER, no);
      table.put(RepeatedSearch.ATTEMPT, labels.sub(labels));
      apgd.startAt(start(threatModel), model, table);
      for (int i = 0; i < iterations; i++) {
        assertThat(Tensors.toBooleans(table.get(RepeatedSearch.OVER))).containsOnly(false);
        apgd.iterate(model, table, new Seed(1));
      }
      assertThat(Tensors.toBooleans(table.get(RepeatedSearch.OVER))).containsOnly(true);

      boolean[] broken = Tensors.toBooleans(table.get(Search.BROKEN));
      double[] lengths = doubles(Arithmetic.lengths(table.get(Search.ADVERSARIAL).sub(images)));
      for (int i = 0; i < N; i++) {
        assertThat(broken[i]).as("image %d", i).isEqualTo(!golden.get("still_correct").get(i).asBoolean());
        if (broken[i]) {
          assertClose(lengths[i], golden.get("adversarial_delta_l2").get(i).asDouble(), tolerance);
        }
      }
      assertClose(doubles(table.get(ApgdRows.BEST_LOSS)), golden.get("best_loss"), tolerance);
      Tensor best = table.get(ApgdRows.BEST_POINT).sub(images).abs_();
      assertClose(doubles(best.sum(1, 2, 3)), golden.get("best_point_delta_l1"), tolerance);
    }
  }

  @Test
  void losses() {
    try (Pass pass = model.forward(images, Recording.NONE)) {
      Tensor logits = pass.logits();
      for (int i = 0; i < N; i++) {
        assertClose(doubles(logits.select(0, i)), GOLDEN.get("logits").get(i), 1e-12);
      }
      assertThat(Tensors.toLongs(Arithmetic.argmax(logits))).containsExactly(Tensors.toLongs(labels));
      assertClose(doubles(Dlr.INSTANCE.perImage(logits, labels)), GOLDEN.get("dlr"), 1e-9);
      assertClose(doubles(new TargetedDlr(longs("second_class")).perImage(logits, labels)), GOLDEN.get("dlr_targeted"), 1e-9);
    }
  }

  @Test
  void schedule() {
    JsonNode golden = GOLDEN.get("checkpoints_100");
    long[] intervals = new ApgdSchedule(100).intervals();
    long[] lengths = Arrays.stream(intervals).filter(interval -> interval > 0).toArray();
    int first = golden.get("first").asInt();
    assertThat(intervals[first]).isEqualTo(first);
    for (int i = 1; i < lengths.length; i++) {
      assertThat(lengths[i]).isEqualTo(Math.max(lengths[i - 1] - golden.get("decrease").asInt(), golden.get("min").asInt()));
    }
    assertThat(LongStream.range(0, 101).filter(i -> intervals[(int) i] > 0)).containsExactly(22L, 41L, 57L, 70L, 80L, 87L, 93L, 99L);
  }

  private static Aim aim(String attack) {
    return switch (attack) {
      case "apgd-ce" -> Aim.CROSS_ENTROPY;
      case "apgd-dlr" -> Aim.DLR;
      default -> Aim.towards(1);
    };
  }

  private Tensor start(ThreatModel threatModel) {
    long pixels = images.numel();
    float[] signs = new float[(int) pixels];
    for (int i = 0; i < pixels; i++) {
      signs[i] = Golden.uniform(START_STREAM + SEED, i) < 0.5 ? -1 : 1;
    }
    Tensor start = Tensors.ofFloats(signs, Tensors.shape(images)).to(ScalarType.Double);
    if (threatModel.norm() == Norm.L2) {
      start.div_(Arithmetic.lengths(start));
    }
    Arithmetic.scaleInPlace(start, threatModel.eps().value());
    return Arithmetic.clampInPlace(start.add_(images), 0, 1);
  }

  private static Tensor longs(String name) {
    return Tensors.ofLongs(StreamSupport.stream(GOLDEN.get(name).spliterator(), false).mapToLong(JsonNode::asLong).toArray(), N);
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[(int) tensor.numel()];
    Arrays.setAll(values, i -> Tensors.item(tensor.flatten().select(0, i)));
    return values;
  }

  private static void assertClose(double[] values, JsonNode expected, double tolerance) {
    assertThat(values).hasSize(expected.size());
    for (int i = 0; i < values.length; i++) {
      assertClose(values[i], expected.get(i).asDouble(), tolerance);
    }
  }

  private static void assertClose(double value, double expected, double tolerance) {
    assertThat(value).isCloseTo(expected, within(tolerance * Math.abs(expected)));
  }
}
