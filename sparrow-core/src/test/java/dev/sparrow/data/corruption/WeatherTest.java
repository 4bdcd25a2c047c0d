package dev.sparrow.data.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeatherTest {

  /** Between the image without fog and the image with all of it, both scaled by max / (max + thickness). */
  @ParameterizedTest
  @CsvSource({"32, 1, 0.2", "32, 5, 1.5", "64, 5, 2"})
  void fogAddsItsThicknessAtMost(int size, int severity, double thickness) {
    double[] foggy = Pictures.values(new Fog().apply(Pictures.constant(size, 0.5, 0.5, 0.5), severity, Pictures.draws(1)));
    assertThat(Arrays.stream(foggy).min().orElseThrow()).isCloseTo(0.5 * 0.5 / (0.5 + thickness), within(1e-6));
    assertThat(Arrays.stream(foggy).max().orElseThrow()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void fogOverBlackIsBlack() {
    assertThat(new Fog().apply(Pictures.constant(32, 0, 0, 0), 5, Pictures.draws(1)).pixels()).containsOnly(0);
  }

  /** Smaller decay leaves more of the shifts to the finest scale. */
  @Test
  void plasmaIsRougherAtSmallerDecay() {
    assertThat(roughness(1.5)).isGreaterThan(2 * roughness(3));
  }

  private static double roughness(double decay) {
    double sum = 0;
    for (int seed = 0; seed < 20; seed++) {
      Field plasma = new Plasma(64, Pictures.draws(seed)).field(decay);
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 63; x++) {
          sum += Math.abs(plasma.at(y, x + 1) - plasma.at(y, x));
        }
      }
    }
    return sum;
  }

  /** On grey 0.2 the scene becomes c 0.2 + (1 - c) 0.8; what falls on it is the same turned by half a turn. */
  @ParameterizedTest
  @CsvSource({"32, 1, 0.95", "32, 5, 0.8", "64, 5, 0.6"})
  void snowWhitensAndFallsTwice(int size, int severity, double clarity) {
    Picture snowy = new Snow().apply(Pictures.constant(size, 0.2, 0.2, 0.2), severity, Pictures.draws(2));
    double scene = clarity * 0.2 + (1 - clarity) * 0.8;
    double flakes = 0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double here = snowy.channel(0).at(y, x);
        assertThat(here).isGreaterThanOrEqualTo(scene - 1e-6).isCloseTo(snowy.channel(1).at(size - 1 - y, size - 1 - x), within(1e-6));
        flakes += here - scene;
      }
    }
    assertThat(flakes).isPositive();
  }

  /** The darkened image plus at least the thinnest and at most full ice. */
  @ParameterizedTest
  @CsvSource({"32, 1, 1, 0.2", "32, 5, 0.75, 0.45", "64, 5, 0.7, 0.55"})
  void frostHasThePublishedWeights(int size, int severity, double image, double frost) {
    Picture frosted = new Frost().apply(Pictures.constant(size, 0.4, 0.4, 0.4), severity, Pictures.draws(3));
    double thinnest = Math.pow(0.3, 1.25);
    for (double value : Pictures.values(frosted)) {
      assertThat(value).isBetween(image * 0.4 + frost * thinnest - 1e-6, image * 0.4 + frost + 1e-6);
    }
    assertThat(frosted.channel(2).mean()).as("ice is bluish").isGreaterThan(frosted.channel(0).mean());
  }

  @Test
  void needlesAreSharpAndThinOut() {
    Needle needle = new Needle(0, 0, 0, 10, 2);
    assertThat(needle.at(0, 5)).isEqualTo(1);
    assertThat(needle.at(1, 0)).isEqualTo(0.5);
    assertThat(needle.at(1, 10)).isZero();
    assertThat(needle.feather()).hasSize(11).allSatisfy(branch -> assertThat(branch.width()).isEqualTo(2));
    Needle first = needle.feather().get(1);
    assertThat(Math.hypot(first.down(), first.right())).isCloseTo(0.4 * 10 * 5 / 6, within(1e-9));
    assertThat(first.right() / Math.hypot(first.down(), first.right())).as("60 degrees").isCloseTo(0.5, within(1e-9));
  }
}
