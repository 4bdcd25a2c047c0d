package dev.sparrow.report;

/**
 * How values are spread, in buckets of equal width between the smallest and the largest.
 *
 * @param min the smallest value
 * @param max the largest
 * @param count number of values, at least 1
 * @param sum their sum
 * @param squares the sum of their squares
 * @param limits the upper ends of the buckets, increasing; the last one is {@code max}
 * @param counts values of each bucket
 */
public record Histogram(double min, double max, long count, double sum, double squares, double[] limits, double[] counts) {

  private static final int BUCKETS = 60;

  /**
   * Counts values.
   *
   * @param values finite, at least one
   * @return the histogram; of equal values a single bucket
   */
  public static Histogram of(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
      squares += (double) value * value;
    }
    int buckets = min == max ? 1 : BUCKETS;
    double[] counts = new double[buckets];
    double scale = min == max ? 0 : buckets / (max - min);
    for (float value : values) {
      counts[Math.min(buckets - 1, (int) ((value - min) * scale))]++;
    }
    double[] limits = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      limits[i] = i == buckets - 1 ? max : min + (i + 1) * (max - min) / buckets;
    }
    return new Histogram(min, max, values.length, sum, squares, limits, counts);
  }
}
