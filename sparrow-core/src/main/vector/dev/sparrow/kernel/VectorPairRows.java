package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.HIGH_HALF;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Rows of words of two bf16. The loops that round call the vectors' methods directly, as {@link VectorTiles} explains: two of them together
 * in one pass are more than the compiler inlines of our own methods.
 */
final class VectorPairRows implements VectorRows {

  /** Half of a bf16's last place, less one: added together with that last place it rounds to the nearest, ties to even. */
  private static final int HALF = 0x7fff;

  @Override
  public void normalize(float[] value, int at, int cells, float scale, float shift, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector v = FloatVector.fromArray(FLOATS, value, i).reinterpretAsInts();
      FloatVector low = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, summand);
      FloatVector high = v.and(HIGH_HALF).reinterpretAsFloats().fma(factor, summand);
      low = low.blend(0, low.compare(LE, 0));
      high = high.blend(0, high.compare(LE, 0));
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      h = h.add(HALF).add(h.lanewise(LSHR, 16).and(1)).and(HIGH_HALF);
      l.or(h).and(present).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void normalizeSum(
      float[] value, float[] other, int at, int cells, float scale, float otherScale, float shift, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector otherFactor = FloatVector.broadcast(FLOATS, otherScale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector v = FloatVector.fromArray(FLOATS, value, i).reinterpretAsInts();
      IntVector o = FloatVector.fromArray(FLOATS, other, i).reinterpretAsInts();
      FloatVector low = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, summand);
      FloatVector high = v.and(HIGH_HALF).reinterpretAsFloats().fma(factor, summand);
      low = o.lanewise(LSHL, 16).reinterpretAsFloats().fma(otherFactor, low);
      high = o.and(HIGH_HALF).reinterpretAsFloats().fma(otherFactor, high);
      low = low.blend(0, low.compare(LE, 0));
      high = high.blend(0, high.compare(LE, 0));
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      h = h.add(HALF).add(h.lanewise(LSHR, 16).and(1)).and(HIGH_HALF);
      l.or(h).and(present).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void centre(float[] gradient, float[] value, int at, int cells, float a, float b, float c, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector valueFactor = FloatVector.broadcast(FLOATS, b);
    FloatVector summand = FloatVector.broadcast(FLOATS, c);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector g = FloatVector.fromArray(FLOATS, gradient, i).reinterpretAsInts();
      IntVector v = FloatVector.fromArray(FLOATS, value, i).reinterpretAsInts();
      FloatVector low = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(valueFactor, summand);
      FloatVector high = v.and(HIGH_HALF).reinterpretAsFloats().fma(valueFactor, summand);
      low = g.lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, low);
      high = g.and(HIGH_HALF).reinterpretAsFloats().fma(factor, high);
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      h = h.add(HALF).add(h.lanewise(LSHR, 16).and(1)).and(HIGH_HALF);
      l.or(h).and(present).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void centreSum(
      float[] gradient, float[] value, float[] other, int at, int cells, float a, float b, float c, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector valueFactor = FloatVector.broadcast(FLOATS, b);
    FloatVector summand = FloatVector.broadcast(FLOATS, c);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector g = FloatVector.fromArray(FLOATS, gradient, i).reinterpretAsInts();
      IntVector v = FloatVector.fromArray(FLOATS, value, i).reinterpretAsInts();
      IntVector o = FloatVector.fromArray(FLOATS, other, i).reinterpretAsInts();
      FloatVector low = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(valueFactor, summand);
      FloatVector high = v.and(HIGH_HALF).reinterpretAsFloats().fma(valueFactor, summand);
      low = g.lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, low);
      high = g.and(HIGH_HALF).reinterpretAsFloats().fma(factor, high);
      low = o.lanewise(LSHL, 16).reinterpretAsFloats().add(low);
      high = o.and(HIGH_HALF).reinterpretAsFloats().add(high);
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      h = h.add(HALF).add(h.lanewise(LSHR, 16).and(1)).and(HIGH_HALF);
      l.or(h).and(present).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void larger(float[] in, int at, int pitch, float[] out, int to, int cells) {
    for (int i = 0, from = at, into = to; i < cells; i++, from += pitch, into += LANES) {
      IntVector best = VectorWords.pairs(out, into);
      IntVector candidate = VectorWords.pairs(in, from);
      FloatVector low = larger(VectorWords.low(best), VectorWords.low(candidate));
      FloatVector high = larger(VectorWords.high(best), VectorWords.high(candidate));
      join(low, high).intoArray(out, into);
    }
  }

  private static FloatVector larger(FloatVector best, FloatVector candidate) {
    return best.blend(candidate, candidate.compare(GT, best));
  }

  /** Words of values that need no rounding. */
  private static FloatVector join(FloatVector low, FloatVector high) {
    return low.reinterpretAsInts().lanewise(LSHR, 16).or(high.reinterpretAsInts()).reinterpretAsFloats();
  }

  @Override
  public void route(float[] in, int at, int row, int side, float[] gradient, int from, float[] out) {
    FloatVector lowest = VectorWords.low(VectorWords.pairs(in, at));
    FloatVector highest = VectorWords.high(VectorWords.pairs(in, at));
    for (int i = 1; i < side * side; i++) {
      IntVector candidate = VectorWords.pairs(in, at + i / side * row + i % side * LANES);
      lowest = larger(lowest, VectorWords.low(candidate));
      highest = larger(highest, VectorWords.high(candidate));
    }
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector lowRest = VectorWords.low(VectorWords.pairs(gradient, from));
    FloatVector highRest = VectorWords.high(VectorWords.pairs(gradient, from));
    for (int i = 0; i < side * side; i++) {
      int cell = at + i / side * row + i % side * LANES;
      IntVector x = VectorWords.pairs(in, cell);
      VectorMask<Float> lowHit = VectorWords.low(x).compare(EQ, lowest);
      VectorMask<Float> highHit = VectorWords.high(x).compare(EQ, highest);
      join(zero.blend(lowRest, lowHit), zero.blend(highRest, highHit)).intoArray(out, cell);
      lowRest = lowRest.blend(zero, lowHit);
      highRest = highRest.blend(zero, highHit);
    }
  }

  @Override
  public void mean(float[] in, int at, int cells, float divisor, float[] out, int to) {
    FloatVector low = FloatVector.zero(FLOATS);
    FloatVector high = FloatVector.zero(FLOATS);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector x = VectorWords.pairs(in, i);
      low = low.add(VectorWords.low(x));
      high = high.add(VectorWords.high(x));
    }
    VectorWords.storePairs(low.div(divisor), high.div(divisor), out, to);
  }

  @Override
  public void spread(float[] in, int at, float divisor, float[] out, int to, int cells) {
    IntVector x = VectorWords.pairs(in, at);
    VectorWords.storePairs(VectorWords.low(x).div(divisor), VectorWords.high(x).div(divisor), out, to);
    FloatVector share = VectorWords.floats(out, to);
    for (int i = to + LANES; i < to + cells * LANES; i += LANES) {
      share.intoArray(out, i);
    }
  }
}
