package dev.sparrow.kernel;

/** Compares what kernels compute with what a twin computes in float64. */
final class Close {

  /** Relative to the largest value of the array: what the order of float32 additions may change. */
  private static final double SUMS = 1e-5;

  /** Relative to each value: half the distance of neighbouring bf16 numbers with 8 significant bits. */
  private static final double BF16 = 1.0 / 256;

  private Close() {}

  /** Fails unless all float32 sums are close. */
  static void sums(double[] expected, double[] got, String where) {
    compare(expected, got, 0, where);
  }

  /** Fails unless all values are close, those of words up to the rounding of their format. */
  static void words(WordFormat format, double[] expected, double[] got, String where) {
    compare(expected, got, format == WordFormat.BF16 ? BF16 : 0, where);
  }

  /** Fails unless all values are close, where the expected ones were rounded to the format too, perhaps to the other side of a tie. */
  static void roundedWords(WordFormat format, double[] expected, double[] got, String where) {
    compare(expected, got, format == WordFormat.BF16 ? 2 * BF16 : 0, where);
  }

  private static void compare(double[] expected, double[] got, double rounding, String where) {
    if (expected.length != got.length) {
      throw new AssertionError(got.length + " values instead of " + expected.length + ": " + where);
    }
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double tolerance = SUMS * largest + rounding * Math.abs(expected[i]);
      if (!(Math.abs(got[i] - expected[i]) <= tolerance)) {
        throw new AssertionError("value " + i + ": expected " + expected[i] + " +- " + tolerance + ", got " + got[i] + ": " + where);
      }
    }
  }

  static double[] toDouble(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
