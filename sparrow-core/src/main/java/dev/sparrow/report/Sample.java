package dev.sparrow.report;

import java.util.List;
import java.util.Optional;

/**
 * What several seeds measured of one quantity.
 *
 * @param n how many measured it, at least 1
 * @param mean their mean
 * @param deviation the sample standard deviation, with n - 1 in the denominator; empty for a single seed, which says nothing about it
 */
record Sample(int n, double mean, Optional<Double> deviation) {

  /**
   * Sums measurements up; those that are not finite were not measured.
   *
   * @param measurements one per seed
   * @return the sample; empty if there is no measurement
   */
  static Optional<Sample> of(List<Double> measurements) {
    List<Double> finite = measurements.stream().filter(Double::isFinite).toList();
    int n = finite.size();
    if (n == 0) {
      return Optional.empty();
    }
    // Differences from the first: the mean of equal numbers is that number to the last bit, and their deviation is zero.
    double first = finite.get(0);
    double mean = first + finite.stream().mapToDouble(value -> value - first).sum() / n;
    double squares = finite.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return Optional.of(new Sample(n, mean, n == 1 ? Optional.empty() : Optional.of(Math.sqrt(squares / (n - 1)))));
  }
}
