package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** How far arrays are from what they should be. */
final class Distance {

  /** Gradients that cancel keep rounding errors of what they are sums of: errors relative to the longest gradient. */
  private static final double CANCELLED = 0.01;

  private Distance() {}

  /** The length of the difference, relative to that of the expected. */
  static void assertClose(String what, float[] got, float[] expected, double tolerance) {
    assertThat(difference(got, expected)).as(what).isLessThanOrEqualTo(tolerance * length(expected));
  }

  /** The same for every tensor. */
  static void assertClose(Map<String, float[]> got, Map<String, float[]> expected, double tolerance) {
    double longest = expected.values().stream().mapToDouble(Distance::length).max().orElse(0);
    got.forEach((name, values) -> {
      double limit = tolerance * (length(expected.get(name)) + CANCELLED * longest);
      assertThat(difference(values, expected.get(name))).as(name).isLessThanOrEqualTo(limit);
    });
  }

  /** Length of the difference, relative to that of the expected. */
  static double relative(float[] got, float[] expected) {
    return difference(got, expected) / length(expected);
  }

  private static double difference(float[] got, float[] expected) {
    assertThat(got.length).isEqualTo(expected.length);
    double sum = 0;
    for (int i = 0; i < got.length; i++) {
      sum += Math.pow((double) got[i] - expected[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static double length(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
