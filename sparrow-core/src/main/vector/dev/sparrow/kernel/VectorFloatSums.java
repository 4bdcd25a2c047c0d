package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;

/** Sums whose words are float32. */
final class VectorFloatSums implements VectorSums {

  @Override
  public void load(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += LANES, w += LANES) {
      FloatVector.fromArray(FLOATS, words, w).intoArray(sums, s);
    }
  }

  @Override
  public void add(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += LANES, w += LANES) {
      FloatVector.fromArray(FLOATS, sums, s).add(FloatVector.fromArray(FLOATS, words, w)).intoArray(sums, s);
    }
  }

  @Override
  public void mask(float[] sums, int cells, float[] words, int at) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += LANES, w += LANES) {
      zero.blend(FloatVector.fromArray(FLOATS, sums, s), FloatVector.fromArray(FLOATS, words, w).compare(NE, 0)).intoArray(sums, s);
    }
  }

  @Override
  public void addMoments(float[] sums, int cells, float[] moments, int to) {
    FloatVector total = FloatVector.fromArray(FLOATS, moments, to);
    FloatVector squares = FloatVector.fromArray(FLOATS, moments, to + LANES);
    for (int i = 0, s = 0; i < cells; i++, s += LANES) {
      FloatVector sum = FloatVector.fromArray(FLOATS, sums, s);
      total = total.add(sum);
      squares = sum.fma(sum, squares);
    }
    total.intoArray(moments, to);
    squares.intoArray(moments, to + LANES);
  }

  @Override
  public void addMoments(float[] sums, int cells, float[] words, int at, float[] moments, int to) {
    FloatVector total = FloatVector.fromArray(FLOATS, moments, to);
    FloatVector products = FloatVector.fromArray(FLOATS, moments, to + LANES);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += LANES, w += LANES) {
      FloatVector sum = FloatVector.fromArray(FLOATS, sums, s);
      total = total.add(sum);
      products = sum.fma(FloatVector.fromArray(FLOATS, words, w), products);
    }
    total.intoArray(moments, to);
    products.intoArray(moments, to + LANES);
  }

  @Override
  public void store(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += LANES, w += LANES) {
      FloatVector.fromArray(FLOATS, sums, s).intoArray(words, w);
    }
  }

  @Override
  public void storeRectified(float[] sums, int cells, float scale, float shift, float[] words, int at) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += LANES, w += LANES) {
      FloatVector.fromArray(FLOATS, sums, s).fma(factor, summand).max(0).intoArray(words, w);
    }
  }

  @Override
  public void multiply(float[] sums, int cells, float scale) {
    for (int s = 0; s < cells * LANES; s += LANES) {
      FloatVector.fromArray(FLOATS, sums, s).mul(scale).intoArray(sums, s);
    }
  }
}
