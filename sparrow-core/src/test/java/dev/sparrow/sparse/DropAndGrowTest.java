package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drop-and-grow on plain arrays: hand-computed tables, then a slow twin that sorts. */
class DropAndGrowTest {

  private static final GrowthRule GRADIENT = new GradientGrowth();

  @Test
  void dropsTheSmallestAndGrowsTheSteepest() {
    float[] weights = {0.1f, 0, -0.5f, 0, 0.3f, 0, -0.2f, 0};
    float[] gradient = {0, 1, 9, -3, 9, 2, 0, 0};
    boolean[] active = active(weights);
    // 4 active, half of them dropped: 0.1 and -0.2; the steepest inactive ones are 3 and 5.
    assertThat(update(0.5, DensityChange.NONE, weights, gradient, active)).isEqualTo(new DropAndGrow.Counts(2, 2));
    assertThat(active).containsExactly(false, false, true, true, true, true, false, false);
  }

  @Test
  void droppedWeightsMayReturn() {
    float[] weights = {0.1f, 0, 0.5f};
    boolean[] active = active(weights);
    assertThat(update(0.5, DensityChange.NONE, weights, new float[] {9, 1, 1}, active)).isEqualTo(new DropAndGrow.Counts(1, 1));
    assertThat(active).containsExactly(true, false, true);
  }

  @Test
  void tiesAtTheThresholdGoAndAreRegrown() {
    float[] weights = {1, -1, 1, 1, 0, 0};
    boolean[] active = active(weights);
    // One of four equal weights is to go; all do, and four return by gradient.
    assertThat(update(0.25, DensityChange.NONE, weights, new float[] {1, 2, 3, 4, 5, 6}, active)).isEqualTo(new DropAndGrow.Counts(4, 4));
    assertThat(active).containsExactly(false, false, true, true, true, true);
  }

  @Test
  void tiesAmongGradientsGoToTheLowerPositions() {
    boolean[] active = {true, true, false, false, false};
    update(0.5, DensityChange.NONE, new float[] {1, 2, 0, 0, 0}, new float[] {0, 0, 7, 7, 7}, active);
    assertThat(active).containsExactly(false, true, true, false, false);
  }

  @Test
  void extraDropIsNotRegrownAndExtraGrowthIsAdded() {
    float[] weights = new float[400];
    float[] gradient = new float[400];
    for (int i = 0; i < 200; i++) {
      weights[i] = i + 1;
      gradient[200 + i] = i + 1;
    }
    // n = 100, extra drop ceil(0.4 * 0.5 * 200) = 40, growth int(1.05 * 100) = 105.
    assertThat(update(0.5, new DensityChange(0.4, 0.05), weights, gradient, active(weights))).isEqualTo(new DropAndGrow.Counts(140, 105));
    assertThat(update(0.5, new DensityChange(0.4, 0), weights, gradient, active(weights))).isEqualTo(new DropAndGrow.Counts(140, 100));
    assertThat(update(0.5, new DensityChange(0, 0.05), weights, gradient, active(weights))).isEqualTo(new DropAndGrow.Counts(100, 105));
  }

  @Test
  void aDenseLayerAndAZeroFractionAreLeftAlone() {
    boolean[] dense = {true, true};
    assertThat(update(0.5, new DensityChange(0.4, 0.05), new float[] {1, 2}, new float[2], dense)).isEqualTo(DropAndGrow.Counts.NONE);
    assertThat(dense).containsExactly(true, true);
    boolean[] sparse = {true, false};
    assertThat(update(0, DensityChange.NONE, new float[] {1, 0}, new float[2], sparse)).isEqualTo(DropAndGrow.Counts.NONE);
    assertThat(sparse).containsExactly(true, false);
  }

  @Test
  void everythingMayBeDropped() {
    float[] weights = {1, 2, 0};
    boolean[] active = active(weights);
    assertThat(update(1, new DensityChange(0.4, 0.05), weights, new float[] {1, 2, 3}, active)).isEqualTo(new DropAndGrow.Counts(2, 2));
    assertThat(active).containsExactly(false, true, true);
  }

  @Test
  void aSingleActiveWeightMoves() {
    boolean[] active = {true, false};
    assertThat(update(0.005, DensityChange.NONE, new float[] {1, 0}, new float[] {1, 2}, active)).isEqualTo(new DropAndGrow.Counts(1, 1));
    assertThat(active).containsExactly(false, true);
  }

  @Test
  void growthStopsWhenTheLayerIsFull() {
    float[] weights = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
    // n = 9, growth int(1.5 * 9) = 13, but there is room for 10 only.
    assertThat(update(1, new DensityChange(0, 0.5), weights, new float[10], active(weights))).isEqualTo(new DropAndGrow.Counts(9, 10));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void equalsTheSlowTwin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int size : new int[] {2, 3, 17, 64, 255, 1000, 4099}) {
      int levels = random.nextInt(2) == 0 ? 5 : 1 << 20; // few levels make many ties
      float[] gradient = values(random, size, levels);
      float[] weights = values(random, size, levels);
      boolean[] active = new boolean[size];
      for (int i = 0; i < size; i++) {
        active[i] = random.nextDouble() < 0.3;
        weights[i] = active[i] ? weights[i] : 0;
      }
      double fraction = random.nextDouble();
      DensityChange change = new DensityChange(random.nextInt(2) * 0.4, random.nextInt(2) * 0.05);
      boolean[] expected = slowTwin(fraction, change, weights, gradient, active.clone());
      update(fraction, change, weights, gradient, active);
      assertThat(active).as("size %d, fraction %s, %s", size, fraction, change).isEqualTo(expected);
    }
  }

  /** The definition of algorithms.md by sorting, float comparisons and lists. */
  private static boolean[] slowTwin(double fraction, DensityChange change, float[] weights, float[] gradient, boolean[] active) {
    int before = count(active);
    int zeros = active.length - before;
    int n = (int) Math.ceil(fraction * before);
    if (zeros == 0 || n == 0) {
      return active;
    }
    int extra = Math.min((int) Math.ceil(change.prune() * fraction * before), before - n);
    float[] magnitudes = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      magnitudes[i] = Math.abs(weights[i]);
    }
    Arrays.sort(magnitudes);
    float threshold = magnitudes[zeros + n + extra - 1];
    for (int i = 0; i < weights.length; i++) {
      active[i] = Math.abs(weights[i]) > threshold;
    }
    int grown = (int) ((1 + change.grow()) * (before - count(active) - extra));
    List<Integer> steepest =
        IntStream.range(0, active.length)
            .filter(i -> !active[i])
            .boxed()
            .sorted(Comparator.comparing(i -> -Math.abs(gradient[i])))
            .limit(grown)
            .toList();
    steepest.forEach(i -> active[i] = true);
    return active;
  }

  private static float[] values(SplittableRandom random, int size, int levels) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (random.nextInt(2 * levels + 1) - levels) / (float) levels;
    }
    return values;
  }

  private static DropAndGrow.Counts update(double fraction, DensityChange change, float[] weights, float[] gradient, boolean[] active) {
    GrowthSite site = new GrowthSite(active, 1, () -> gradient, () -> gradient, () -> new SplittableRandom(1));
    return new DropAndGrow(fraction, change, GRADIENT).update(weights, site);
  }

  private static boolean[] active(float[] weights) {
    boolean[] active = new boolean[weights.length];
    for (int i = 0; i < weights.length; i++) {
      active[i] = weights[i] != 0;
    }
    return active;
  }

  private static int count(boolean[] active) {
    return (int) IntStream.range(0, active.length).filter(i -> active[i]).count();
  }
}
