package dev.sparrow.kernel;

/**
 * Coefficients of the gradient through batch norm: with batch statistics it is a linear function of the gradient behind it and of the value
 * before it.
 *
 * @param a factor of the gradient, per channel
 * @param value words of the value before batch norm
 * @param b factor of the value, per channel
 * @param c constant, per channel
 * @param other words that are added: the gradient of another use of the same value; empty if there is none
 * @param lanes one word per lane, all bits set where there is an image
 */
record Centre(float[] a, float[] value, float[] b, float[] c, float[] other, float[] lanes) {

  boolean hasOther() {
    return other.length > 0;
  }
}
