package dev.sparrow.sparse;

import java.util.function.Consumer;

/**
 * Finds the k-th smallest magnitude of one array or many in two linear passes, four where there are few values, without sorting or copying.
 *
 * <p>The bits of non-negative floats sort like integers. Each pass counts one digit of 16 or 8 bits, the highest first, of those magnitudes
 * that agree with the k-th one in the digits before, and so finds that digit of the k-th one. Not a number counts as larger than infinity.
 */
final class MagnitudeSelect {

  private static final int MAGNITUDE_MASK = 0x7FFFFFFF;
  private static final int LONG_DIGIT = 16;
  private static final int SHORT_DIGIT = 8;

  /** Below this number of values, making tables for long digits takes longer than the passes that they save. */
  private static final int FEW = 1 << 15;

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
    return kthSmallest(length < FEW ? SHORT_DIGIT : LONG_DIGIT, k, digit -> digit.count(values, length));
  }

  /**
   * The k-th smallest magnitude of all values of many arrays.
   *
   * @param parts visited twice, with the same values
   * @param k from 1 to the number of values, which is at most 2^31
   * @return its {@link #key}
   */
  static int kthSmallest(Iterable<float[]> parts, long k) {
    return kthSmallest(LONG_DIGIT, k, digit -> parts.forEach(values -> digit.count(values, values.length)));
  }

  private static int kthSmallest(int digitBits, long k, Consumer<Digit> countAll) {
    int prefix = 0;
    long left = k;
    for (int shift = Integer.SIZE - digitBits; shift >= 0; shift -= digitBits) {
      Digit digit = new Digit(prefix, shift, new int[1 << digitBits]);
      countAll.accept(digit);
      int value = 0;
      while (digit.counts[value] < left) {
        left -= digit.counts[value++];
      }
      prefix |= value << shift;
    }
    return prefix;
  }

  /**
   * One digit of the k-th magnitude, while it is not known.
   *
   * @param prefix the digits before, the others zero
   * @param shift number of bits after this digit
   * @param counts how many magnitudes with that prefix have which digit
   */
  private record Digit(int prefix, int shift, int[] counts) {

    void count(float[] values, int length) {
      int digitMask = counts.length - 1;
      int prefixMask = ~(digitMask << shift | (1 << shift) - 1);
      for (int i = 0; i < length; i++) {
        int key = key(values[i]);
        if ((key & prefixMask) == prefix) {
          counts[key >>> shift & digitMask]++;
        }
      }
    }
  }
}
