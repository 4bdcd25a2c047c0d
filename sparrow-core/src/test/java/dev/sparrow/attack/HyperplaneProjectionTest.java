package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Norm;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way to a hyperplane within the box, against a bisection in double, what is known in closed form, and its defining properties. */
class HyperplaneProjectionTest {

  private static final int SIZE = 5;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final int ROWS = 200;

  private final float[] points = new float[ROWS * PIXELS];
  private final float[] normals = new float[ROWS * PIXELS];
  private final float[] values = new float[ROWS];

  @ParameterizedTest
  @EnumSource(Norm.class)
  void agreesWithBisection(Norm norm) {
    drawRows(new SplittableRandom(1));
    float[] ways = ways(norm);
    int unreachable = 0;
    int touching = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] expected = bisection(norm, row);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      double reached = values[row];
      for (int i = 0; i < PIXELS; i++) {
        float way = ways[row * PIXELS + i];
        float point = points[row * PIXELS + i];
        assertThat((double) way).as("row %d, pixel %d", row, i).isCloseTo(expected[i], within(2e-5 * largest + 1e-12));
        assertThat(point + way).isBetween(-1e-6f, 1 + 1e-6f);
        reached += (double) normals[row * PIXELS + i] * way;
        touching += way != 0 && (Math.abs(point + way) < 1e-6 || Math.abs(point + way - 1) < 1e-6) ? 1 : 0;
      }
      unreachable += Math.abs(reached) > 1e-4 * Math.abs(values[row]) ? 1 : 0;
    }
    assertThat(unreachable).as("hyperplanes beyond the box").isBetween(ROWS / 10, ROWS / 2);
    assertThat(touching).as("pixels that meet the box").isGreaterThan(PIXELS);
  }

  @Test
  void farFromTheBoxTheWayIsKnown() {
    Arrays.fill(points, 0.5f);
    SplittableRandom random = new SplittableRandom(2);
    for (int row = 0; row < ROWS; row++) {
      values[row] = (float) random.nextDouble(-0.1, 0.1);
    }
    for (int i = 0; i < normals.length; i++) {
      normals[i] = (float) random.nextDouble(-1, 1);
    }
    float[] linf = ways(Norm.LINF);
    float[] l2 = ways(Norm.L2);
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      double squares = 0;
      for (int i = row * PIXELS; i < (row + 1) * PIXELS; i++) {
        sum += Math.abs(normals[i]);
        squares += (double) normals[i] * normals[i];
      }
      for (int i = row * PIXELS; i < (row + 1) * PIXELS; i++) {
        assertThat((double) linf[i]).isCloseTo(-values[row] * Math.signum(normals[i]) / sum, within(1e-8));
        assertThat((double) l2[i]).isCloseTo(-values[row] * normals[i] / squares, within(1e-8));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void goesNowhereOnAHyperplaneOrWithoutOne(Norm norm) {
    drawRows(new SplittableRandom(3));
    Arrays.fill(values, 0, ROWS / 2, 0);
    Arrays.fill(normals, ROWS / 2 * PIXELS, ROWS * PIXELS, 0);
    assertThat(ways(norm)).containsExactly(new float[ROWS * PIXELS], within(0f));
  }

  /** Gradients of a network that is very sure are tiny, and the way does not depend on their length. */
  @ParameterizedTest
  @EnumSource(Norm.class)
  void doesNotDependOnTheScaleOfTheFunction(Norm norm) {
    drawRows(new SplittableRandom(4));
    float[] expected = ways(norm);
    float[] givenNormals = normals.clone();
    float[] givenValues = values.clone();
    for (double scale : new double[] {1e-30, 1e-10, 1e10, 1e30}) {
      for (int i = 0; i < normals.length; i++) {
        normals[i] = (float) (givenNormals[i] * scale);
      }
      for (int row = 0; row < ROWS; row++) {
        values[row] = (float) (givenValues[row] * scale);
      }
      assertThat(ways(norm)).as("scale %s", scale).containsExactly(expected, within(2e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void passesOnWhatIsNotFinite(Norm norm) {
    drawRows(new SplittableRandom(5));
    normals[7] = Float.NaN;
    values[1] = Float.NaN;
    float[] ways = ways(norm);
    assertThat(ways[7]).isNaN();
    assertThat(Arrays.copyOfRange(ways, PIXELS, 2 * PIXELS)).containsOnly(Float.NaN);
    assertThat(Arrays.copyOfRange(ways, 2 * PIXELS, ways.length)).doesNotContain(Float.NaN);
  }

  /** Points with many pixels at the edges of the box, normals of very different lengths and with zeros, distances from tiny to too far. */
  private void drawRows(SplittableRandom random) {
    for (int row = 0; row < ROWS; row++) {
      double most = 0;
      for (int i = row * PIXELS; i < (row + 1) * PIXELS; i++) {
        points[i] = Math.round(random.nextDouble(-0.2, 1.2) * 255) / 255f;
        points[i] = Math.min(Math.max(points[i], 0), 1);
        normals[i] = (float) (random.nextInt(10) == 0 ? 0 : random.nextGaussian() * Math.exp(2 * random.nextGaussian()));
        most += Math.max(0, normals[i] > 0 ? normals[i] * points[i] : -normals[i] * (1 - points[i]));
      }
      values[row] = (float) (random.nextInt(4) == 0 ? 1.5 * most : most * Math.pow(random.nextDouble(0.01, 0.95), 2));
      if (random.nextBoolean()) { // the same on the other side
        values[row] = -values[row];
        for (int i = row * PIXELS; i < (row + 1) * PIXELS; i++) {
          normals[i] = -normals[i];
        }
      }
    }
  }

  private float[] ways(Norm norm) {
    try (TensorScope scope = TensorScope.open()) {
      return Tensors.toFloats(
          new HyperplaneProjection(norm)
              .ways(
                  Tensors.ofFloats(points, ROWS, 3, SIZE, SIZE),
                  Tensors.ofFloats(normals, ROWS, 3, SIZE, SIZE),
                  Tensors.ofFloats(values, ROWS, 1, 1, 1)));
    }
  }

  /**
   * The optimality conditions, solved by halving. Minimising the norm of d under value + w.d = 0 and the box gives d = -sign(value) sign(w)
   * min(t, room) in l-infinity and d = -sign(value) w min(t, room / |w|) in l2, with t the smallest that gets there.
   */
  private double[] bisection(Norm norm, int row) {
    double low = 0;
    double high = 1e12;
    for (int step = 0; step < 300; step++) {
      double middle = low < 1e-12 ? high / 1024 : Math.sqrt(low * high);
      double left = Math.abs(values[row]);
      double[] way = wayAt(norm, row, middle);
      for (int i = 0; i < PIXELS; i++) {
        left -= Math.abs(normals[row * PIXELS + i] * way[i]);
      }
      if (left > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return wayAt(norm, row, high);
  }

  private double[] wayAt(Norm norm, int row, double t) {
    double[] way = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      double w = normals[row * PIXELS + i] * Math.signum(values[row]);
      double point = points[row * PIXELS + i];
      double free = norm == Norm.LINF ? t : t * Math.abs(w);
      way[i] = -Math.signum(w) * Math.min(free, w > 0 ? point : 1 - point);
    }
    return way;
  }
}
