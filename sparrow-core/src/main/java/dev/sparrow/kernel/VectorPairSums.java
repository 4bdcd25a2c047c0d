package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static dev.sparrow.kernel.VectorWords.floats;
import static dev.sparrow.kernel.VectorWords.high;
import static dev.sparrow.kernel.VectorWords.low;
import static dev.sparrow.kernel.VectorWords.pairs;
import static dev.sparrow.kernel.VectorWords.storePairs;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Sums whose words are two bf16: of a cell's sums, those of the low halves come first. */
final class VectorPairSums implements VectorSums {

  @Override
  public void load(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      IntVector x = pairs(words, w);
      low(x).intoArray(sums, s);
      high(x).intoArray(sums, s + LANES);
    }
  }

  @Override
  public void add(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      IntVector x = pairs(words, w);
      floats(sums, s).add(low(x)).intoArray(sums, s);
      floats(sums, s + LANES).add(high(x)).intoArray(sums, s + LANES);
    }
  }

  @Override
  public void mask(float[] sums, int cells, float[] words, int at) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      IntVector x = pairs(words, w);
      zero.blend(floats(sums, s), low(x).compare(NE, 0)).intoArray(sums, s);
      zero.blend(floats(sums, s + LANES), high(x).compare(NE, 0)).intoArray(sums, s + LANES);
    }
  }

  @Override
  public void addMoments(float[] sums, int cells, float[] moments, int to) {
    FloatVector total = floats(moments, to);
    FloatVector squares = floats(moments, to + LANES);
    for (int i = 0, s = 0; i < cells; i++, s += 2 * LANES) {
      FloatVector low = floats(sums, s);
      FloatVector high = floats(sums, s + LANES);
      total = total.add(low).add(high);
      squares = high.fma(high, low.fma(low, squares));
    }
    total.intoArray(moments, to);
    squares.intoArray(moments, to + LANES);
  }

  @Override
  public void addMoments(float[] sums, int cells, float[] words, int at, float[] moments, int to) {
    FloatVector total = floats(moments, to);
    FloatVector products = floats(moments, to + LANES);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      IntVector x = pairs(words, w);
      FloatVector low = floats(sums, s);
      FloatVector high = floats(sums, s + LANES);
      total = total.add(low).add(high);
      products = high.fma(high(x), low.fma(low(x), products));
    }
    total.intoArray(moments, to);
    products.intoArray(moments, to + LANES);
  }

  @Override
  public void store(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      storePairs(floats(sums, s), floats(sums, s + LANES), words, w);
    }
  }

  @Override
  public void storeRectified(float[] sums, int cells, float scale, float shift, float[] words, int at) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      FloatVector low = floats(sums, s).fma(factor, summand).max(0);
      FloatVector high = floats(sums, s + LANES).fma(factor, summand).max(0);
      storePairs(low, high, words, w);
    }
  }

  @Override
  public void multiply(float[] sums, int cells, float scale) {
    for (int s = 0; s < 2 * cells * LANES; s += LANES) {
      floats(sums, s).mul(scale).intoArray(sums, s);
    }
  }
}
