package dev.sparrow.kernel;

/**
 * What can become of the sums of a few neighbouring cells of a row while they are in the nearest cache: flat loops over the cells, one per
 * step. Sums are float32, [cell][image of the group]; words are read and written from index {@code at} on.
 */
interface VectorSums {

  /** {@code sum = word}. */
  void load(float[] sums, int cells, float[] words, int at);

  /** {@code sum += word}. */
  void add(float[] sums, int cells, float[] words, int at);

  /** {@code sum = 0} where the word is zero. */
  void mask(float[] sums, int cells, float[] words, int at);

  /** {@code moments[lane] += sum}, {@code moments[LANES + lane] += sum * sum}, from index {@code to} on. */
  void addMoments(float[] sums, int cells, float[] moments, int to);

  /** {@code moments[lane] += sum}, {@code moments[LANES + lane] += sum * word}, from index {@code to} on. */
  void addMoments(float[] sums, int cells, float[] words, int at, float[] moments, int to);

  /** {@code word = sum}. */
  void store(float[] sums, int cells, float[] words, int at);

  /** {@code word = max(0, sum * scale + shift)}. */
  void storeRectified(float[] sums, int cells, float scale, float shift, float[] words, int at);

  /** {@code sum *= scale}. */
  void multiply(float[] sums, int cells, float scale);
}
