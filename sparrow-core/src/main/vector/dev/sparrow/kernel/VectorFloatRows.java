package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static dev.sparrow.kernel.VectorWords.floats;
import static dev.sparrow.kernel.VectorWords.pairs;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** Rows of float32 words. */
final class VectorFloatRows implements VectorRows {

  @Override
  public void normalize(float[] value, int at, int cells, float scale, float shift, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    FloatVector summand = FloatVector.broadcast(FLOATS, shift);
    IntVector present = pairs(lanes, 0);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      FloatVector v = floats(value, i).fma(factor, summand);
      present(v.blend(0, v.compare(LE, 0)), present).intoArray(out, i);
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
      FloatVector v = floats(value, i).fma(factor, floats(other, i).fma(otherFactor, summand));
      present(v.blend(0, v.compare(LE, 0)), present).intoArray(out, i);
    }
  }

  @Override
  public void centre(float[] gradient, float[] value, int at, int cells, float a, float b, float c, float[] lanes, float[] out) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector valueFactor = FloatVector.broadcast(FLOATS, b);
    FloatVector summand = FloatVector.broadcast(FLOATS, c);
    IntVector present = pairs(lanes, 0);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      FloatVector v = floats(gradient, i).fma(factor, floats(value, i).fma(valueFactor, summand));
      present(v, present).intoArray(out, i);
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
      FloatVector v = floats(gradient, i).fma(factor, floats(value, i).fma(valueFactor, summand));
      present(v.add(floats(other, i)), present).intoArray(out, i);
    }
  }

  private static FloatVector present(FloatVector values, IntVector lanes) {
    return values.reinterpretAsInts().and(lanes).reinterpretAsFloats();
  }

  @Override
  public void largest(float[] in, int at, int row, int side, float[] out, int to) {
    largest(in, at, row, side).intoArray(out, to);
  }

  private static FloatVector largest(float[] in, int at, int row, int side) {
    FloatVector largest = floats(in, at);
    for (int i = 1; i < side * side; i++) {
      FloatVector candidate = floats(in, at + i / side * row + i % side * LANES);
      largest = largest.blend(candidate, candidate.compare(GT, largest));
    }
    return largest;
  }

  @Override
  public void route(float[] in, int at, int row, int side, float[] gradient, int from, float[] out) {
    FloatVector largest = largest(in, at, row, side);
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector rest = floats(gradient, from);
    for (int i = 0; i < side * side; i++) {
      int cell = at + i / side * row + i % side * LANES;
      VectorMask<Float> hit = floats(in, cell).compare(EQ, largest);
      zero.blend(rest, hit).intoArray(out, cell);
      rest = rest.blend(zero, hit);
    }
  }

  @Override
  public void mean(float[] in, int at, int cells, float divisor, float[] out, int to) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = at; i < at + cells * LANES; i += LANES) {
      sum = sum.add(floats(in, i));
    }
    sum.div(divisor).intoArray(out, to);
  }

  @Override
  public void spread(float[] in, int at, float divisor, float[] out, int to, int cells) {
    FloatVector share = floats(in, at).div(divisor);
    for (int i = to; i < to + cells * LANES; i += LANES) {
      share.intoArray(out, i);
    }
  }
}
