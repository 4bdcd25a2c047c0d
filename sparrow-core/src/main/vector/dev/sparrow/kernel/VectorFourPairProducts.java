package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;

/** Four cells of a row, words of two bf16, or three. Written out, as {@link VectorTiles} explains. */
final class VectorFourPairProducts {

  private VectorFourPairProducts() {}

  /** Cells that meet input cells side by side. */
  static void neighbours(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, gradient, at);
    FloatVector l0 = x0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h0 = x0;
    FloatVector x1 = FloatVector.fromArray(FLOATS, gradient, at + LANES);
    FloatVector l1 = x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h1 = x1;
    FloatVector x2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES);
    FloatVector l2 = x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h2 = x2;
    FloatVector x3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES);
    FloatVector l3 = x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h3 = x3;
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      FloatVector y0 = FloatVector.fromArray(FLOATS, in, c);
      FloatVector low = l0.fma(y0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector high = h0.mul(y0);
      FloatVector y1 = FloatVector.fromArray(FLOATS, in, c + LANES);
      high = h1.fma(y1, high);
      low = l1.fma(y1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y2 = FloatVector.fromArray(FLOATS, in, c + 2 * LANES);
      high = h2.fma(y2, high);
      low = l2.fma(y2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y3 = FloatVector.fromArray(FLOATS, in, c + 3 * LANES);
      high = h3.fma(y3, high);
      low = l3.fma(y3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      low.add(high).intoArray(sums, t);
    }
  }

  /** Three cells that meet input cells side by side. */
  static void neighboursLessOne(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, gradient, at);
    FloatVector l0 = x0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h0 = x0;
    FloatVector x1 = FloatVector.fromArray(FLOATS, gradient, at + LANES);
    FloatVector l1 = x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h1 = x1;
    FloatVector x2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES);
    FloatVector l2 = x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h2 = x2;
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      FloatVector y0 = FloatVector.fromArray(FLOATS, in, c);
      FloatVector low = l0.fma(y0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector high = h0.mul(y0);
      FloatVector y1 = FloatVector.fromArray(FLOATS, in, c + LANES);
      high = h1.fma(y1, high);
      low = l1.fma(y1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y2 = FloatVector.fromArray(FLOATS, in, c + 2 * LANES);
      high = h2.fma(y2, high);
      low = l2.fma(y2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      low.add(high).intoArray(sums, t);
    }
  }

  /** Cells that meet every second input cell. */
  static void everySecond(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, gradient, at);
    FloatVector l0 = x0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h0 = x0;
    FloatVector x1 = FloatVector.fromArray(FLOATS, gradient, at + LANES);
    FloatVector l1 = x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h1 = x1;
    FloatVector x2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES);
    FloatVector l2 = x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h2 = x2;
    FloatVector x3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES);
    FloatVector l3 = x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h3 = x3;
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      FloatVector y0 = FloatVector.fromArray(FLOATS, in, c);
      FloatVector low = l0.fma(y0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector high = h0.mul(y0);
      FloatVector y1 = FloatVector.fromArray(FLOATS, in, c + 2 * LANES);
      high = h1.fma(y1, high);
      low = l1.fma(y1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y2 = FloatVector.fromArray(FLOATS, in, c + 4 * LANES);
      high = h2.fma(y2, high);
      low = l2.fma(y2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y3 = FloatVector.fromArray(FLOATS, in, c + 6 * LANES);
      high = h3.fma(y3, high);
      low = l3.fma(y3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      low.add(high).intoArray(sums, t);
    }
  }
}
