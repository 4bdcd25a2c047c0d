package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApgdTest {

  private static final int SIZE = 3;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final int N = 4;
  private static final ThreatModel LINF = new ThreatModel(Norm.LINF, Epsilon.levels(8));
  private static final ThreatModel L2 = new ThreatModel(Norm.L2, new Epsilon(0.25));
  private static final Seed SEED = new Seed(3);

  private final float[][] weight = {Golden.parameter(1, 0, "weight", 1, PIXELS), Golden.parameter(1, 1, "weight", 1, PIXELS)};
  private final long[] labels = {0, 1, 1, 0};

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void reachesTheCornerOfTheLinfBallAtOnce() {
    float[] images = Golden.images(2, N, SIZE); // with 0 and 1 among the pixels, so that the box matters
    float[] best = bestPoint(new Apgd(LINF, Aim.CROSS_ENTROPY, 1, 1, 1), images);
    for (int i = 0; i < best.length; i++) {
      double corner = images[i] + LINF.eps().value() * Math.signum(difference(i));
      assertThat(best[i]).as("pixel %d", i).isCloseTo((float) Math.min(1, Math.max(0, corner)), within(1e-6f));
    }
  }

  @Test
  void convergesToTheOptimumOfTheL2Ball() {
    float[] grey = Golden.images(2, N, SIZE);
    double squares = 0;
    for (int i = 0; i < grey.length; i++) {
      grey[i] = 0.35f + 0.3f * grey[i];
      squares += i < PIXELS ? difference(i) * difference(i) : 0;
    }
    float[] best = bestPoint(new Apgd(L2, Aim.CROSS_ENTROPY, 30, 1, 1), grey);
    for (int i = 0; i < best.length; i++) {
      double optimum = grey[i] + L2.eps().value() * difference(i) / Math.sqrt(squares);
      assertThat(best[i]).as("pixel %d", i).isCloseTo((float) optimum, within(1e-4f));
    }
  }

  @Test
  void severalPassesOfADeterministicNetworkAreOne() {
    float[] images = Golden.images(2, N, SIZE);
    assertThat(bestPoint(new Apgd(L2, Aim.CROSS_ENTROPY, 10, 1, 3), images))
        .containsExactly(bestPoint(new Apgd(L2, Aim.CROSS_ENTROPY, 10, 1, 1), images), within(1e-4f));
  }

  @Test
  void neitherOtherRowsNorAnInterruptionPlayAPart() {
    Apgd apgd = new Apgd(new ThreatModel(Norm.LINF, new Epsilon(1e-3)), Aim.towards(3), 6, 2, 1); // too near to break any
    Tensor images = Tensors.ofFloats(Golden.images(4, 2, SIZE), 2, 3, SIZE, SIZE);
    try (LinearClassifier model = LinearClassifier.random(SIZE, 5, 3);
        Pass clean = model.forward(images, Recording.NONE);
        TensorTable both = Search.table(new long[] {7, 8}, images, Arithmetic.argmax(clean.logits()));
        TensorTable joined = both.select(longs(0));
        TensorTable alone = both.select(longs(1));
        TensorTable joining = both.select(longs(1))) {
      apgd.begin(model, alone, SEED);
      apgd.begin(model, joined, SEED);
      for (int i = 0; i < 4; i++) {
        apgd.advance(model, joined, SEED);
      }
      apgd.begin(model, joining, SEED);
      joined.append(joining);
      for (int i = 0; i < 9; i++) {
        apgd.advance(model, alone, SEED);
        apgd.advance(model, joined, SEED);
      }
      assertThat(Tensors.toBooleans(joined.get(Search.DONE))).containsOnly(false);
      joined.keep(longs(1));
      for (String column : alone.columns().names()) {
        if (alone.get(column).is_floating_point()) {
          assertThat(Tensors.toFloats(joined.get(column))).as(column).containsExactly(Tensors.toFloats(alone.get(column)), within(1e-5f));
        }
      }
    }
  }

  @Test
  void aSearchReturnsTheCleanImageWhereItFoundNothing() {
    float[] images = Golden.images(2, N, SIZE);
    try (LinearClassifier model = new LinearClassifier(SIZE, new float[2][PIXELS], new float[] {1, 0});
        Rng rng = new Rng(SEED)) {
      Tensor clean = Tensors.ofFloats(images, N, 3, SIZE, SIZE);
      Apgd apgd = new Apgd(LINF, Aim.CROSS_ENTROPY, 3, 2, 1);
      assertThat(Tensors.toFloats(apgd.perturb(model, clean, longs(0, 0, 0, 0), rng))).containsExactly(images);
    }
  }

  @Test
  void everyAttemptStartsSomewhereElseAtTheWholeRadius() {
    try (LinearClassifier model = LinearClassifier.random(SIZE, 5, 3);
        TensorTable table = Search.table(new long[] {4, 4, 5}, grey(3), longs(0, 0, 0))) {
      table.put(RepeatedSearch.ATTEMPT, longs(0, 1, 0));
      Tensor points = new RandomStart(Norm.LINF, 0.1).points(table, SEED);
      Tensor distances = new ThreatModel(Norm.LINF, new Epsilon(0.1)).around(grey(3)).distances(points);
      assertThat(Tensors.toFloats(distances)).containsOnly(new float[] {0.1f}, within(1e-6f));
      float[] values = Tensors.toFloats(points);
      float[] first = Arrays.copyOfRange(values, 0, PIXELS);
      assertThat(Arrays.copyOfRange(values, PIXELS, 2 * PIXELS)).isNotEqualTo(first);
      assertThat(Arrays.copyOfRange(values, 2 * PIXELS, 3 * PIXELS)).isNotEqualTo(first);
    }
  }

  @Test
  void namesClassesAndRefusals() {
    assertThat(new Apgd(LINF, Aim.CROSS_ENTROPY, 1, 1, 1).name()).isEqualTo("apgd-ce");
    assertThat(new Apgd(LINF, Aim.DLR, 1, 1, 1).name()).isEqualTo("apgd-dlr");
    assertThat(new Apgd(LINF, Aim.towards(9), 1, 1, 1).name()).isEqualTo("apgd-t");
    assertThat(new Apgd(LINF, Aim.towards(9), 1, 1, 1).classesNeeded()).isEqualTo(10);
    assertThat(new Apgd(LINF, Aim.towards(1), 1, 1, 1).classesNeeded()).isEqualTo(4);
    try (LinearClassifier model = LinearClassifier.random(SIZE, 5, 3)) {
      assertThat(new Apgd(LINF, Aim.towards(9), 1, 3, 1).attempts(model)).isEqualTo(4 * 3);
    }
    refuses(() -> new Apgd(LINF, Aim.DLR, 0, 1, 1), "iterations of APGD: expected a whole number of at least 1, got 0");
    refuses(() -> new Apgd(LINF, Aim.DLR, 1, 0, 1), "restarts of APGD: expected a whole number of at least 1, got 0");
    refuses(() -> new Apgd(LINF, Aim.DLR, 1, 1, 0), "passes of APGD: expected a whole number of at least 1, got 0");
    refuses(() -> Aim.towards(0), "target classes: expected a whole number of at least 1, got 0");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(BadInput.class).hasMessage(message);
  }

  /** Where the loss was largest, whether or not the image was broken before. */
  private float[] bestPoint(Apgd apgd, float[] values) {
    Tensor images = Tensors.ofFloats(values, N, 3, SIZE, SIZE);
    try (LinearClassifier model = new LinearClassifier(SIZE, weight, new float[] {0.1f, -0.1f});
        TensorTable table = Search.table(LongStream.range(0, N).toArray(), images, longs(labels))) {
      apgd.begin(model, table, SEED);
      for (int i = 0; i < apgd.iterations(); i++) {
        apgd.iterate(model, table, SEED);
      }
      return Tensors.toFloats(table.get(ApgdRows.BEST_POINT));
    }
  }

  private double difference(int i) {
    double difference = weight[1][i % PIXELS] - weight[0][i % PIXELS];
    return labels[i / PIXELS] == 0 ? difference : -difference;
  }

  private static Tensor grey(int n) {
    float[] grey = new float[n * PIXELS];
    Arrays.fill(grey, 0.5f);
    return Tensors.ofFloats(grey, n, 3, SIZE, SIZE);
  }

  private static Tensor longs(long... values) {
    return Tensors.ofLongs(values, values.length);
  }
}
