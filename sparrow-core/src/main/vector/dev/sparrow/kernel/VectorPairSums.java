package dev.sparrow.kernel;

import static dev.sparrow.kernel.PlainWords.ZERO;
import static dev.sparrow.kernel.PlainWords.ZERO_WORD;
import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.HALF;
import static dev.sparrow.kernel.VectorWords.HIGH_HALF;
import static dev.sparrow.kernel.VectorWords.INFINITE;
import static dev.sparrow.kernel.VectorWords.LANES;
import static dev.sparrow.kernel.VectorWords.MAGNITUDE;
import static dev.sparrow.kernel.VectorWords.NAN;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Sums whose words are two bf16: of a cell's sums, those of the low halves come first.
 *
 * <p>The loops call the vectors' methods directly: all of them are compiled into one body with the finishing of a tile, and in bodies of
 * that size the compiler goes on inlining the vectors' methods, but none of ours, so that every word would become objects on the heap.
 */
final class VectorPairSums implements VectorSums {

  @Override
  public void load(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, words, w);
      x.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().intoArray(sums, s);
      x.intoArray(sums, s + LANES);
    }
  }

  @Override
  public void add(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, words, w);
      FloatVector.fromArray(FLOATS, sums, s).add(x.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats()).intoArray(sums, s);
      FloatVector.fromArray(FLOATS, sums, s + LANES).add(x).intoArray(sums, s + LANES);
    }
  }

  @Override
  public void mask(float[] sums, int cells, float[] words, int at) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, words, w);
      FloatVector low = FloatVector.fromArray(FLOATS, sums, s);
      zero.blend(low, x.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().compare(NE, 0)).intoArray(sums, s);
      FloatVector high = FloatVector.fromArray(FLOATS, sums, s + LANES);
      high.blend(0, x.abs().compare(LE, ZERO_WORD)).intoArray(sums, s + LANES);
    }
  }

  @Override
  public void addMoments(float[] sums, int cells, float[] moments, int to) {
    FloatVector lowTotal = FloatVector.fromArray(FLOATS, moments, to); // two chains of additions, since each waits for the one before it
    FloatVector lowSquares = FloatVector.fromArray(FLOATS, moments, to + LANES);
    FloatVector highTotal = FloatVector.zero(FLOATS);
    FloatVector highSquares = FloatVector.zero(FLOATS);
    for (int i = 0, s = 0; i < cells; i++, s += 2 * LANES) {
      FloatVector low = FloatVector.fromArray(FLOATS, sums, s);
      FloatVector high = FloatVector.fromArray(FLOATS, sums, s + LANES);
      lowTotal = lowTotal.add(low);
      highTotal = highTotal.add(high);
      lowSquares = low.fma(low, lowSquares);
      highSquares = high.fma(high, highSquares);
    }
    lowTotal.add(highTotal).intoArray(moments, to);
    lowSquares.add(highSquares).intoArray(moments, to + LANES);
  }

  @Override
  public void addMoments(float[] sums, int cells, float[] words, int at, float[] moments, int to) {
    FloatVector lowTotal = FloatVector.fromArray(FLOATS, moments, to);
    FloatVector lowProducts = FloatVector.fromArray(FLOATS, moments, to + LANES);
    FloatVector highTotal = FloatVector.zero(FLOATS);
    FloatVector highProducts = FloatVector.zero(FLOATS);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, words, w);
      FloatVector low = FloatVector.fromArray(FLOATS, sums, s);
      FloatVector high = FloatVector.fromArray(FLOATS, sums, s + LANES);
      lowTotal = lowTotal.add(low);
      highTotal = highTotal.add(high);
      lowProducts = low.fma(x.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), lowProducts);
      highProducts = high.fma(x, highProducts);
    }
    lowTotal.add(highTotal).intoArray(moments, to);
    lowProducts.add(highProducts).intoArray(moments, to + LANES);
  }

  @Override
  public void store(float[] sums, int cells, float[] words, int at) {
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      IntVector low = FloatVector.fromArray(FLOATS, sums, s).reinterpretAsInts();
      IntVector high = FloatVector.fromArray(FLOATS, sums, s + LANES).reinterpretAsInts();
      IntVector below = low.add(HALF - 1).add(low.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      IntVector above = high.and(MAGNITUDE);
      above = above.sub(below).add(HALF).max(ZERO).blend(NAN, above.compare(GE, INFINITE));
      above.and(HIGH_HALF).or(high.and(~MAGNITUDE)).or(below).reinterpretAsFloats().intoArray(words, w);
    }
  }

  @Override
  public void storeRectified(float[] sums, int cells, float scale, float shift, float[] words, int at) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    for (int i = 0, s = 0, w = at; i < cells; i++, s += 2 * LANES, w += LANES) {
      IntVector low = FloatVector.fromArray(FLOATS, sums, s).fma(factor, summand).max(0).reinterpretAsInts();
      IntVector high = FloatVector.fromArray(FLOATS, sums, s + LANES).fma(factor, summand).max(0).reinterpretAsInts();
      IntVector below = low.add(HALF - 1).add(low.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      IntVector above = high.and(MAGNITUDE);
      above = above.sub(below).add(HALF).max(ZERO).blend(NAN, above.compare(GE, INFINITE));
      above.and(HIGH_HALF).or(high.and(~MAGNITUDE)).or(below).reinterpretAsFloats().intoArray(words, w);
    }
  }

  @Override
  public void multiply(float[] sums, int cells, float scale) {
    for (int s = 0; s < 2 * cells * LANES; s += LANES) {
      FloatVector.fromArray(FLOATS, sums, s).mul(scale).intoArray(sums, s);
    }
  }
}
