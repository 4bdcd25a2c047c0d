package dev.sparrow.units;

import java.util.Arrays;

/** The middle of several measurements, which a few bad ones do not move. */
public final class Median {

  private Median() {}

  /**
   * The median.
   *
   * @param values at least one
   * @return the middle one in ascending order, or the mean of the middle two
   */
  public static double of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
