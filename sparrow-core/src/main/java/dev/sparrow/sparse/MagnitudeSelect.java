package dev.sparrow.sparse;

/**
 * Finds the k-th smallest magnitude of an array in two linear passes, without sorting or copying.
 *
 * <p>The bits of non-negative floats sort like integers. A first pass counts the upper 16 of a magnitude's 31 bits, which tells the bin of
 * the k-th one; a second pass counts the lower 15 bits within that bin. Not a number counts as larger than infinity.
 */
final class MagnitudeSelect {

  private static final int LOW_BITS = 15;
  private static final int LOW_MASK = (1 << LOW_BITS) - 1;
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
    int[] upper = new int[1 << (31 - LOW_BITS)];
    for (int i = 0; i < length; i++) {
      upper[key(values[i]) >>> LOW_BITS]++;
    }
    int bin = 0;
    int before = 0;
    while (before + upper[bin] < k) {
      before += upper[bin++];
    }
    int[] lower = new int[1 << LOW_BITS];
    for (int i = 0; i < length; i++) {
      int key = key(values[i]);
      if (key >>> LOW_BITS == bin) {
        lower[key & LOW_MASK]++;
      }
    }
    int low = 0;
    while (before + lower[low] < k) {
      before += lower[low++];
    }
    return bin << LOW_BITS | low;
  }
}
