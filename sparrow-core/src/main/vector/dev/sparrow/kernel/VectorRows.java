package dev.sparrow.kernel;

/**
 * Arithmetic on neighbouring cells of a row of words: the innermost loops of the passes over whole values. Each is one flat loop, for the
 * reason that {@link VectorWords} gives. Lanes are words as in {@link Normalize#lanes()}.
 */
interface VectorRows {

  /** {@code out = max(0, value * scale + shift)}. */
  void normalize(float[] value, int at, int cells, float scale, float shift, float[] lanes, float[] out);

  /** {@code out = max(0, value * scale + other * otherScale + shift)}. */
  void normalizeSum(
      float[] value, float[] other, int at, int cells, float scale, float otherScale, float shift, float[] lanes, float[] out);

  /** {@code out = gradient * a + value * b + c}. */
  void centre(float[] gradient, float[] value, int at, int cells, float a, float b, float c, float[] lanes, float[] out);

  /** {@code out = gradient * a + value * b + c + other}. */
  void centreSum(
      float[] gradient, float[] value, float[] other, int at, int cells, float a, float b, float c, float[] lanes, float[] out);

  /** {@code out} = the maximum of a square of cells of the input, whose rows are {@code row} words apart; a single cell. */
  void largest(float[] in, int at, int row, int side, float[] out, int to);

  /**
   * Hands the gradient of a square's maximum to the first of its largest cells, and zero to the others.
   *
   * @param in words of the pool's input
   * @param at index of the square's first cell, in {@code in} and {@code out}
   * @param row words from one row of the input to the next
   * @param side of the square
   * @param gradient words
   * @param from index of the gradient's cell
   * @param out words
   */
  void route(float[] in, int at, int row, int side, float[] gradient, int from, float[] out);

  /** {@code out = (sum of cells) / divisor}, a single cell. */
  void mean(float[] in, int at, int cells, float divisor, float[] out, int to);

  /** {@code out = in / divisor}, of a single cell, in every cell. */
  void spread(float[] in, int at, float divisor, float[] out, int to, int cells);
}
