package dev.sparrow.kernel;

/**
 * Reads and writes the values in a cell's words: image by image, in plain arithmetic.
 *
 * @param format what a word holds
 * @param lanes words per cell
 */
record PlainWords(WordFormat format, int lanes) {

  private static final int HIGH_HALF = 0xffff0000;

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

  /** Sets the value of an image, rounded to the format; the other image of its word keeps its value. */
  void put(float[] words, int at, int image, float value) {
    if (format == WordFormat.FP32) {
      words[at + image] = value;
    } else if (image < lanes) {
      int word = Float.floatToRawIntBits(words[at + image]);
      words[at + image] = Float.intBitsToFloat(word & HIGH_HALF | round(value) >>> 16);
    } else {
      int word = Float.floatToRawIntBits(words[at + image - lanes]);
      words[at + image - lanes] = Float.intBitsToFloat(round(value) | word & ~HIGH_HALF);
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

  /** Clears the words of lanes, or halves of them, that have no image. */
  void mask(float[] words, int at, float[] present) {
    for (int i = 0; i < lanes; i++) {
      words[at + i] = Float.intBitsToFloat(Float.floatToRawIntBits(words[at + i]) & Float.floatToRawIntBits(present[i]));
    }
  }

  /** The bf16 in the low half of a word; every bf16 is a float32 that ends in 16 zeros. */
  static float low(float word) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(word) << 16);
  }

  /** The bf16 in the high half of a word. */
  static float high(float word) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(word) & HIGH_HALF);
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
