package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.Growth;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthRuleTest {

  private static final Supplier<float[]> UNREAD =
      () -> {
        throw new AssertionError("this rule must not copy these values");
      };

  @Test
  void gradientTakesTheSteepest() {
    boolean[] active = {true, false, false, false};
    new GradientGrowth().grow(new GrowthSite(active, 2, () -> new float[] {9, -3, 1, 2}, UNREAD, random(1)), 2);
    assertThat(active).containsExactly(true, true, false, true);
  }

  @Test
  void momentumTakesTheLargest() {
    boolean[] active = {true, false, false, false};
    new MomentumGrowth().grow(new GrowthSite(active, 2, UNREAD, () -> new float[] {9, -3, 1, 2}, random(1)), 1);
    assertThat(active).containsExactly(true, true, false, false);
  }

  /** Neurons of mean momentum 6 : 3 : 1 share ten new weights; the first has room for four only, and the rest goes to the largest left. */
  @Test
  void momentumNeuronSharesAmongNeurons() {
    boolean[] active = new boolean[24];
    float[] momentum = new float[24];
    for (int i = 0; i < 8; i++) {
      active[i] = i >= 4;
      momentum[i] = 6;
      momentum[8 + i] = 3 + (i % 2 == 0 ? 0.5f : -0.5f);
      momentum[16 + i] = 1;
    }
    int grown = new MomentumNeuronGrowth().grow(new GrowthSite(active, 3, UNREAD, () -> momentum, random(1)), 10);
    assertThat(grown).isEqualTo(10);
    assertThat(count(active, 0, 8)).isEqualTo(8); // 6 due, 4 free
    assertThat(count(active, 8, 16)).isEqualTo(5); // 3 due, and both that were left over
    assertThat(count(active, 16, 24)).isEqualTo(1);
    assertThat(active[8] && active[10] && active[12] && active[14]).isTrue();
  }

  @Test
  void momentumNeuronWithoutMomentumTakesTheLowestPositions() {
    boolean[] active = {true, false, false, false};
    new MomentumNeuronGrowth().grow(new GrowthSite(active, 2, UNREAD, () -> new float[4], random(1)), 2);
    assertThat(active).containsExactly(true, true, true, false);
  }

  @Test
  void randomGrowsEachWithTheSameProbability() {
    int size = 20_000;
    boolean[] active = new boolean[size];
    active[0] = true;
    int grown = new RandomGrowth().grow(new GrowthSite(active, 1, UNREAD, UNREAD, random(1)), 5000);
    assertThat(grown).isBetween(4750, 5250).isEqualTo(count(active, 1, size)); // standard deviation 61
    assertThat(count(active, 1, size / 2)).isBetween(2320, 2680); // standard deviation 43
  }

  @Test
  void randomNeverLeavesALayerWithoutGrowth() {
    for (long seed = 0; seed < 200; seed++) {
      boolean[] active = new boolean[3];
      int grown = new RandomGrowth().grow(new GrowthSite(active, 1, UNREAD, UNREAD, random(seed)), 1);
      assertThat(grown).isPositive().isEqualTo(count(active, 0, 3));
    }
  }

  @ParameterizedTest
  @EnumSource(Growth.class)
  void growsNothingAndEverything(Growth growth) {
    boolean[] active = {true, false, false, true, false, false};
    float[] scores = {1, 2, 3, 4, 5, 6};
    GrowthSite site = new GrowthSite(active, 3, () -> scores, () -> scores, random(1));
    assertThat(GrowthRule.of(growth).grow(site, 0)).isZero();
    assertThat(active).containsExactly(true, false, false, true, false, false);
    assertThat(GrowthRule.of(growth).grow(site, 4)).isEqualTo(4);
    assertThat(active).containsOnly(true);
  }

  private static Supplier<SplittableRandom> random(long seed) {
    return () -> new SplittableRandom(seed);
  }

  private static int count(boolean[] active, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += active[i] ? 1 : 0;
    }
    return count;
  }
}
