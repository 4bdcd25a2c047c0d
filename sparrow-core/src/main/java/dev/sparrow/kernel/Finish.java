package dev.sparrow.kernel;

/**
 * What becomes of the float32 sums of a convolution while they are still in the nearest cache. Arrays of words belong to the output plane; an
 * empty array stands for a part that is not wanted.
 */
sealed interface Finish {

  /**
   * The forward direction: {@code v = sum + residual}; {@code value = v}; {@code activation = max(0, v * scale + shift)}.
   *
   * @param residual words that are added, or empty
   * @param value words written, or empty where nobody reads the value
   * @param activation words written, or empty where the coefficients are not known yet
   * @param scale of batch norm, per channel, with an activation
   * @param shift of batch norm, per channel, with an activation
   * @param moments [channels][2][lanes]: sums of v and of v * v, added to; or empty
   */
  record Forward(float[] residual, float[] value, float[] activation, float[] scale, float[] shift, float[] moments) implements Finish {}

  /**
   * The backward direction: {@code v = sum + partial}, zero where the activation is zero; then {@code moments}; then {@code gradient = v *
   * scale + other}.
   *
   * @param partial words that are added: the gradient of other uses of the same activation; or empty
   * @param activation words of the activation that the gradient belongs to, for the mask of its ReLU; or empty for no mask
   * @param value words of the value before batch norm, with moments
   * @param moments [channels][2][lanes]: sums of v and of v * value, added to; or empty
   * @param scale per channel, or empty for 1
   * @param other words that are added at last: the gradient of another use of the value before batch norm; or empty
   * @param gradient words written; may be {@code partial} or {@code other}
   */
  record Backward(
      float[] partial, float[] activation, float[] value, float[] moments, float[] scale, float[] other, float[] gradient)
      implements Finish {}

  /**
   * The sums as they are.
   *
   * @param sums [channel][row][column][image of the group] float32, without halo, written
   */
  record Plain(float[] sums) implements Finish {}
}
