package dev.sparrow.kernel;

/**
 * Reads and writes the values in a cell's words: image by image, in plain arithmetic.
 *
 * @param format what a word holds
 * @param lanes words per cell
 */
record PlainWords(WordFormat format, int lanes) {

  private static final int HIGH_HALF = 0xffff0000;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int INFINITE = 0x7f800000;

  /**
   * Magnitude of a zero in a high half, 2^-100: above the low half's bits a true zero would be a subnormal number, which some processors
   * take a hundred times longer for.
   */
  static final int ZERO = 0x0d800000;

  /** The largest magnitude of a word whose high half is zero. */
  static final float ZERO_WORD = Float.intBitsToFloat(ZERO | 0xffff);

  /** A bf16 with this bit of its word set is a quiet NaN, if it is one at all. */
  private static final int QUIET = 0x00400000;

  /** Images per cell. */
  int images() {
    return lanes * format.images();
  }

  /** The value of an image of the cell whose words begin at {@code at}. */
  float get(float[] words, int at, int image) {
    if (format == WordFormat.FP32) {
      return words[at + image];
    }
    return image < lanes ? low(words[at + image]) : high(words[at + image - lanes]);
  }

  /** The values of all images of a cell. */
  void get(float[] words, int at, float[] values) {
    for (int image = 0; image < images(); image++) {
      values[image] = get(words, at, image);
    }
  }

  /** Sets the values of all images of a cell, rounded to the format. */
  void set(float[] values, float[] words, int at) {
    for (int i = 0; i < lanes; i++) {
      words[at + i] = format == WordFormat.FP32 ? values[i] : join(values[i], values[i + lanes]);
    }
  }

  /** {@code sums[image] += weight * value} for every image of a cell. */
  void addProducts(float weight, float[] words, int at, float[] sums) {
    if (format == WordFormat.FP32) {
      for (int i = 0; i < lanes; i++) {
        sums[i] += weight * words[at + i];
      }
    } else {
      for (int i = 0; i < lanes; i++) {
        sums[i] += weight * low(words[at + i]);
        sums[i + lanes] += weight * high(words[at + i]);
      }
    }
  }

  /** {@code sums[to + lane] += a * b}, for a cell of each of two values; images that share a word share a sum. */
  void addLaneProducts(float[] a, int atA, float[] b, int atB, float[] sums, int to) {
    if (format == WordFormat.FP32) {
      for (int i = 0; i < lanes; i++) {
        sums[to + i] += a[atA + i] * b[atB + i];
      }
    } else {
      for (int i = 0; i < lanes; i++) {
        sums[to + i] += low(a[atA + i]) * low(b[atB + i]) + high(a[atA + i]) * high(b[atB + i]);
      }
    }
  }

  /** Clears the values of images that are absent. */
  void mask(float[] words, int at, float[] present) {
    for (int i = 0; i < lanes; i++) {
      int bits = Float.floatToRawIntBits(present[i]);
      int zero = format == WordFormat.BF16 ? ~bits & ZERO : 0;
      words[at + i] = Float.intBitsToFloat(Float.floatToRawIntBits(words[at + i]) & bits | zero);
    }
  }

  /** The bf16 in the low half of a word; every bf16 is a float32 that ends in 16 zeros. */
  static float low(float word) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(word) << 16);
  }

  /** The value in the high half of a word: the word itself, low half and all, unless that is a zero. */
  static float high(float word) {
    return Math.abs(word) <= ZERO_WORD ? 0 : word;
  }

  /**
   * A word of two values. The low one is rounded to bf16. The high half is chosen so that the whole word is within half a last place of the
   * high value, which is as near as a bf16 is; what is not finite becomes NaN.
   */
  static float join(float low, float high) {
    int below = round(low) >>> 16;
    int bits = Float.floatToRawIntBits(high);
    int magnitude = bits & MAGNITUDE;
    int above = magnitude >= INFINITE ? INFINITE | QUIET : Math.max(magnitude - below + 0x8000, ZERO);
    return Float.intBitsToFloat(bits & ~MAGNITUDE | above & HIGH_HALF | below);
  }

  /**
   * Rounds to the nearest bf16, to the even one of two equally near; the bits are in the high half. Too large a value becomes infinite, and
   * NaN stays NaN: rounding up could carry its fraction into the sign.
   */
  static int round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (bits | QUIET) & HIGH_HALF;
    }
    return bits + 0x7fff + (bits >>> 16 & 1) & HIGH_HALF;
  }
}
