package dev.sparrow.sparse;

/**
 * Finds the k-th smallest magnitude of one array or many in two linear passes, without sorting or copying.
 *
 * <p>The bits of non-negative floats sort like integers. A first pass counts the upper 16 of a magnitude's 31 bits, which tells the bin of
 * the k-th one; a second pass counts the lower 15 bits within that bin. Not a number counts as larger than infinity.
 */
final class MagnitudeSelect {

  private static final int LOW_BITS = 15;
  private static final int LOW_MASK = (1 << LOW_BITS) - 1;
  private static final int UPPER_BINS = 1 << (31 - LOW_BITS);
  private static final int MAGNITUDE_MASK = 0x7FFFFFFF;

  private MagnitudeSelect() {}

  /**
   * The magnitude of a value as an integer that sorts like it.
   *
   * @param value any float
   * @return its bits without the sign
   */
  static int key(float value) {
    return Float.floatToRawIntBits(value) & MAGNITUDE_MASK;
  }

  /**
   * The k-th smallest magnitude.
   *
   * @param values any floats
   * @param length how many of them count
   * @param k from 1 to {@code length}
   * @return its {@link #key}
   */
  static int kthSmallest(float[] values, int length, int k) {
    int[] upper = new int[UPPER_BINS];
    countUpper(values, length, upper);
    Bin bin = Bin.of(upper, k);
    int[] lower = new int[1 << LOW_BITS];
    countLower(values, length, bin.index, lower);
    return bin.index << LOW_BITS | Bin.of(lower, k - bin.before).index;
  }

  /**
   * The k-th smallest magnitude of all values of many arrays.
   *
   * @param parts visited twice, with the same values
   * @param k from 1 to the number of values, which is at most 2^31
   * @return its {@link #key}
   */
  static int kthSmallest(Iterable<float[]> parts, long k) {
    int[] upper = new int[UPPER_BINS];
    parts.forEach(values -> countUpper(values, values.length, upper));
    Bin bin = Bin.of(upper, k);
    int[] lower = new int[1 << LOW_BITS];
    parts.forEach(values -> countLower(values, values.length, bin.index, lower));
    return bin.index << LOW_BITS | Bin.of(lower, k - bin.before).index;
  }

  /** The bin of a histogram that has the k-th value, and how many values are in the bins before it. */
  private record Bin(int index, long before) {

    static Bin of(int[] counts, long k) {
      int bin = 0;
      long before = 0;
      while (before + counts[bin] < k) {
        before += counts[bin++];
      }
      return new Bin(bin, before);
    }
  }

  private static void countUpper(float[] values, int length, int[] counts) {
    for (int i = 0; i < length; i++) {
      counts[key(values[i]) >>> LOW_BITS]++;
    }
  }

  private static void countLower(float[] values, int length, int upper, int[] counts) {
    for (int i = 0; i < length; i++) {
      int key = key(values[i]);
      if (key >>> LOW_BITS == upper) {
        counts[key & LOW_MASK]++;
      }
    }
  }
}
