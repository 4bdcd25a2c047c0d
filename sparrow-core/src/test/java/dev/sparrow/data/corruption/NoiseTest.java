package dev.sparrow.data.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise has the moments of its distribution; bounds are four or more standard errors. */
class NoiseTest {

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"32, 1, 0.04", "32, 5, 0.10", "64, 1, 0.04", "64, 4, 0.15"})
  void gaussianNoiseHasThePublishedDeviation(int size, int severity, double deviation) {
    double[] noisy = Pictures.values(new GaussianNoise().apply(Pictures.constant(size, 0.5, 0.5, 0.5), severity, Pictures.draws(1)));
    assertThat(mean(noisy)).isCloseTo(0.5, within(4 * deviation / Math.sqrt(noisy.length)));
    assertThat(Math.sqrt(variance(noisy))).isCloseTo(deviation, within(4 * deviation / Math.sqrt(2.0 * noisy.length)));
  }

  /** Of n parts of light the mean is n and the variance n. Means on both sides of the limit between the two ways of drawing them. */
  @ParameterizedTest
  @CsvSource({"32, 1, 500, 0.5", "32, 5, 50, 0.5", "32, 5, 50, 0.1", "64, 5, 15, 0.3"})
  void shotNoiseHasTheMeanOfTheImage(int size, int severity, int photons, double value) {
    double[] noisy = Pictures.values(new ShotNoise().apply(Pictures.constant(size, value, value, value), severity, Pictures.draws(2)));
    double variance = value / photons;
    assertThat(mean(noisy)).isCloseTo(value, within(4 * Math.sqrt(variance / noisy.length)));
    assertThat(variance(noisy)).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / noisy.length)));
    for (double number : noisy) {
      assertThat(number * photons).isCloseTo(Math.rint(number * photons), within(1e-4));
    }
  }

  @Test
  void shotNoiseLeavesBlackAlone() {
    Picture black = Pictures.constant(32, 0, 0, 0);
    assertThat(new ShotNoise().apply(black, 5, Pictures.draws(3)).pixels()).isEqualTo(black.pixels());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 3, 9.9, 10, 12.5, 60})
  void poissonNumbersHaveTheirProbabilities(double mean) {
    int draws = 40_000;
    int[] counts = new int[200];
    Draws random = Pictures.draws(4);
    for (int i = 0; i < draws; i++) {
      counts[random.poisson(mean)]++;
    }
    double probability = Math.exp(-mean);
    for (int k = 0; k < counts.length; k++) {
      double error = Math.sqrt(probability * (1 - probability) / draws);
      assertThat(counts[k] / (double) draws).as("P(%d)", k).isCloseTo(probability, within(4.5 * error + 2.0 / draws));
      probability *= mean / (k + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"32, 1, 0.01", "32, 5, 0.07", "64, 5, 0.14"})
  void impulseNoiseReplacesItsShare(int size, int severity, double share) {
    double[] noisy = Pictures.values(new ImpulseNoise().apply(Pictures.constant(size, 0.5, 0.5, 0.5), severity, Pictures.draws(5)));
    double salt = Arrays.stream(noisy).filter(value -> value == 1).count() / (double) noisy.length;
    double pepper = Arrays.stream(noisy).filter(value -> value == 0).count() / (double) noisy.length;
    double untouched = Arrays.stream(noisy).filter(value -> value == 0.5).count() / (double) noisy.length;
    double error = Math.sqrt(share / 2 / noisy.length);
    assertThat(salt).isCloseTo(share / 2, within(4 * error));
    assertThat(pepper).isCloseTo(share / 2, within(4 * error));
    assertThat(salt + pepper + untouched).isCloseTo(1, within(1e-12));
  }

  @Test
  void impulsesHitChannelsOnTheirOwn() {
    Picture noisy = new ImpulseNoise().apply(Pictures.constant(64, 0.5, 0.5, 0.5), 5, Pictures.draws(6));
    int alone = 0;
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        alone += noisy.channel(0).at(y, x) != 0.5 && noisy.channel(1).at(y, x) == 0.5 && noisy.channel(2).at(y, x) == 0.5 ? 1 : 0;
      }
    }
    assertThat(alone / 4096.0).isCloseTo(0.14 * 0.86 * 0.86, within(0.02));
  }
}
