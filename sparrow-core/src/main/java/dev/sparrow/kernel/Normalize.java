package dev.sparrow.kernel;

/**
 * Coefficients of batch norm, applied: a normalised value is {@code value * scale + shift}.
 *
 * @param scale per channel
 * @param shift per channel
 * @param other words that are added, empty if none are
 * @param otherScale per channel, where there are others
 * @param otherShift per channel, where there are others
 * @param lanes one word per lane, all bits set where there is an image and none where there is none (both halves on their own)
 */
record Normalize(float[] scale, float[] shift, float[] other, float[] otherScale, float[] otherShift, float[] lanes) {

  boolean hasOther() {
    return other.length > 0;
  }
}
