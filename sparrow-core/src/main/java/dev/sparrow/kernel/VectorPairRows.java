package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static dev.sparrow.kernel.VectorWords.high;
import static dev.sparrow.kernel.VectorWords.low;
import static dev.sparrow.kernel.VectorWords.pack;
import static dev.sparrow.kernel.VectorWords.pairs;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** Rows of words of two bf16. */
final class VectorPairRows implements VectorRows {

  @Override
  public void normalize(float[] value, int at, int cells, float scale, float shift, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    IntVector present = pairs(lanes, 0);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector v = pairs(value, i);
      FloatVector lows = low(v).fma(factor, summand);
      FloatVector highs = high(v).fma(factor, summand);
      store(rectified(lows), rectified(highs), present, out, i);
    }
  }

  @Override
  public void normalizeSum(
      float[] value, float[] other, int at, int cells, float scale, float otherScale, float shift, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector otherFactor = FloatVector.broadcast(FLOATS, otherScale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    IntVector present = pairs(lanes, 0);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector v = pairs(value, i);
      IntVector o = pairs(other, i);
      FloatVector lows = low(v).fma(factor, low(o).fma(otherFactor, summand));
      FloatVector highs = high(v).fma(factor, high(o).fma(otherFactor, summand));
      store(rectified(lows), rectified(highs), present, out, i);
    }
  }

  @Override
  public void centre(float[] gradient, float[] value, int at, int cells, float a, float b, float c, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector valueFactor = FloatVector.broadcast(FLOATS, b);
    FloatVector summand = FloatVector.broadcast(FLOATS, c);
    IntVector present = pairs(lanes, 0);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector g = pairs(gradient, i);
      IntVector v = pairs(value, i);
      FloatVector lows = low(g).fma(factor, low(v).fma(valueFactor, summand));
      FloatVector highs = high(g).fma(factor, high(v).fma(valueFactor, summand));
      store(lows, highs, present, out, i);
    }
  }

  @Override
  public void centreSum(
      float[] gradient, float[] value, float[] other, int at, int cells, float a, float b, float c, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector valueFactor = FloatVector.broadcast(FLOATS, b);
    FloatVector summand = FloatVector.broadcast(FLOATS, c);
    IntVector present = pairs(lanes, 0);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector g = pairs(gradient, i);
      IntVector v = pairs(value, i);
      IntVector o = pairs(other, i);
      FloatVector lows = low(g).fma(factor, low(v).fma(valueFactor, summand)).add(low(o));
      FloatVector highs = high(g).fma(factor, high(v).fma(valueFactor, summand)).add(high(o));
      store(lows, highs, present, out, i);
    }
  }

  /** max(0, v) that leaves NaN, as the comparison is false for it; a maximum that does so is a slow instruction sequence. */
  private static FloatVector rectified(FloatVector values) {
    return values.blend(0, values.compare(LE, 0));
  }

  private static void store(FloatVector lows, FloatVector highs, IntVector present, float[] out, int at) {
    pack(lows, highs).and(present).reinterpretAsFloats().intoArray(out, at);
  }

  @Override
  public void larger(float[] in, int at, int pitch, float[] out, int to, int cells) {
    for (int i = 0, from = at, into = to; i < cells; i++, from += pitch, into += LANES) {
      IntVector best = pairs(out, into);
      IntVector candidate = pairs(in, from);
      pack(larger(low(best), low(candidate)), larger(high(best), high(candidate))).reinterpretAsFloats().intoArray(out, into);
    }
  }

  private static FloatVector larger(FloatVector best, FloatVector candidate) {
    return best.blend(candidate, candidate.compare(GT, best));
  }

  @Override
  public void route(float[] in, int at, int row, int side, float[] gradient, int from, float[] out) {
    FloatVector lowest = low(pairs(in, at));
    FloatVector highest = high(pairs(in, at));
    for (int i = 1; i < side * side; i++) {
      IntVector candidate = pairs(in, at + i / side * row + i % side * LANES);
      lowest = larger(lowest, low(candidate));
      highest = larger(highest, high(candidate));
    }
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector lowRest = low(pairs(gradient, from));
    FloatVector highRest = high(pairs(gradient, from));
    for (int i = 0; i < side * side; i++) {
      int cell = at + i / side * row + i % side * LANES;
      IntVector x = pairs(in, cell);
      VectorMask<Float> lowHit = low(x).compare(EQ, lowest);
      VectorMask<Float> highHit = high(x).compare(EQ, highest);
      pack(zero.blend(lowRest, lowHit), zero.blend(highRest, highHit)).reinterpretAsFloats().intoArray(out, cell);
      lowRest = lowRest.blend(zero, lowHit);
      highRest = highRest.blend(zero, highHit);
    }
  }

  @Override
  public void mean(float[] in, int at, int cells, float divisor, float[] out, int to) {
    FloatVector lows = FloatVector.zero(FLOATS);
    FloatVector highs = FloatVector.zero(FLOATS);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      IntVector x = pairs(in, i);
      lows = lows.add(low(x));
      highs = highs.add(high(x));
    }
    pack(lows.div(divisor), highs.div(divisor)).reinterpretAsFloats().intoArray(out, to);
  }

  @Override
  public void spread(float[] in, int at, float divisor, float[] out, int to, int cells) {
    IntVector x = pairs(in, at);
    FloatVector share = pack(low(x).div(divisor), high(x).div(divisor)).reinterpretAsFloats();
    for (int i = to; i < to + cells * LANES; i += LANES) {
      share.intoArray(out, i);
    }
  }
}
