package dev.sparrow.kernel;

import static dev.sparrow.kernel.PlainWords.ZERO;
import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.HALF;
import static dev.sparrow.kernel.VectorWords.HIGH_HALF;
import static dev.sparrow.kernel.VectorWords.INFINITE;
import static dev.sparrow.kernel.VectorWords.LANES;
import static dev.sparrow.kernel.VectorWords.MAGNITUDE;
import static dev.sparrow.kernel.VectorWords.NAN;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
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

  @Override
  public void normalize(float[] value, int at, int cells, float scale, float shift, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    IntVector absent = present.not().and(ZERO);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, value, i);
      FloatVector low = v.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, summand);
      FloatVector high = v.fma(factor, summand);
      low = low.blend(0, low.compare(LE, 0));
      high = high.blend(0, high.compare(LE, 0));
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF - 1).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      IntVector m = h.and(MAGNITUDE);
      m = m.sub(l).add(HALF).max(ZERO).blend(NAN, m.compare(GE, INFINITE));
      m.and(HIGH_HALF).or(h.and(~MAGNITUDE)).or(l).and(present).or(absent).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void normalizeSum(
      float[] value, float[] other, int at, int cells, float scale, float otherScale, float shift, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector otherFactor = FloatVector.broadcast(FLOATS, otherScale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    IntVector absent = present.not().and(ZERO);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, value, i);
      FloatVector o = FloatVector.fromArray(FLOATS, other, i);
      FloatVector low = v.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, summand);
      FloatVector high = v.fma(factor, summand);
      low = o.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().fma(otherFactor, low);
      high = o.fma(otherFactor, high);
      low = low.blend(0, low.compare(LE, 0));
      high = high.blend(0, high.compare(LE, 0));
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF - 1).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      IntVector m = h.and(MAGNITUDE);
      m = m.sub(l).add(HALF).max(ZERO).blend(NAN, m.compare(GE, INFINITE));
      m.and(HIGH_HALF).or(h.and(~MAGNITUDE)).or(l).and(present).or(absent).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void centre(float[] gradient, float[] value, int at, int cells, float a, float b, float c, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector valueFactor = FloatVector.broadcast(FLOATS, b);
    FloatVector summand = FloatVector.broadcast(FLOATS, c);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    IntVector absent = present.not().and(ZERO);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector v = FloatVector.fromArray(FLOATS, value, i);
      FloatVector low = v.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().fma(valueFactor, summand);
      FloatVector high = v.fma(valueFactor, summand);
      low = g.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, low);
      high = g.fma(factor, high);
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF - 1).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      IntVector m = h.and(MAGNITUDE);
      m = m.sub(l).add(HALF).max(ZERO).blend(NAN, m.compare(GE, INFINITE));
      m.and(HIGH_HALF).or(h.and(~MAGNITUDE)).or(l).and(present).or(absent).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void centreSum(
      float[] gradient, float[] value, float[] other, int at, int cells, float a, float b, float c, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector valueFactor = FloatVector.broadcast(FLOATS, b);
    FloatVector summand = FloatVector.broadcast(FLOATS, c);
    IntVector present = FloatVector.fromArray(FLOATS, lanes, 0).reinterpretAsInts();
    IntVector absent = present.not().and(ZERO);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector v = FloatVector.fromArray(FLOATS, value, i);
      FloatVector o = FloatVector.fromArray(FLOATS, other, i);
      FloatVector low = v.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().fma(valueFactor, summand);
      FloatVector high = v.fma(valueFactor, summand);
      low = g.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().fma(factor, low);
      high = g.fma(factor, high);
      low = o.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats().add(low);
      high = o.add(high);
      IntVector l = low.reinterpretAsInts();
      IntVector h = high.reinterpretAsInts();
      l = l.add(HALF - 1).add(l.lanewise(LSHR, 16).and(1)).lanewise(LSHR, 16);
      IntVector m = h.and(MAGNITUDE);
      m = m.sub(l).add(HALF).max(ZERO).blend(NAN, m.compare(GE, INFINITE));
      m.and(HIGH_HALF).or(h.and(~MAGNITUDE)).or(l).and(present).or(absent).reinterpretAsFloats().intoArray(out, i);
    }
  }

  @Override
  public void largest(float[] in, int at, int row, int side, float[] out, int to) {
    FloatVector lowest = VectorWords.low(VectorWords.pairs(in, at));
    FloatVector highest = VectorWords.high(VectorWords.pairs(in, at));
    for (int i = 1; i < side * side; i++) {
      IntVector candidate = VectorWords.pairs(in, at + i / side * row + i % side * LANES);
      lowest = larger(lowest, VectorWords.low(candidate));
      highest = larger(highest, VectorWords.high(candidate));
    }
    VectorWords.storePairs(lowest, highest, out, to);
  }

  private static FloatVector larger(FloatVector best, FloatVector candidate) {
    return best.blend(candidate, candidate.compare(GT, best));
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
      VectorWords.storePairs(zero.blend(lowRest, lowHit), zero.blend(highRest, highHit), out, cell);
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
