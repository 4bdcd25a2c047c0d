package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;

/** Eight cells of a row, words of two bf16, or seven. Written out, as {@link VectorTiles} explains. */
final class VectorEightPairProducts {

  private VectorEightPairProducts() {}

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
    FloatVector x4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES);
    FloatVector l4 = x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h4 = x4;
    FloatVector x5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES);
    FloatVector l5 = x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h5 = x5;
    FloatVector x6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES);
    FloatVector l6 = x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h6 = x6;
    FloatVector x7 = FloatVector.fromArray(FLOATS, gradient, at + 7 * LANES);
    FloatVector l7 = x7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h7 = x7;
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
      FloatVector y4 = FloatVector.fromArray(FLOATS, in, c + 4 * LANES);
      high = h4.fma(y4, high);
      low = l4.fma(y4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y5 = FloatVector.fromArray(FLOATS, in, c + 5 * LANES);
      high = h5.fma(y5, high);
      low = l5.fma(y5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y6 = FloatVector.fromArray(FLOATS, in, c + 6 * LANES);
      high = h6.fma(y6, high);
      low = l6.fma(y6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y7 = FloatVector.fromArray(FLOATS, in, c + 7 * LANES);
      high = h7.fma(y7, high);
      low = l7.fma(y7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      low.add(high).intoArray(sums, t);
    }
  }

  /** Seven cells that meet input cells side by side. */
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
    FloatVector x3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES);
    FloatVector l3 = x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h3 = x3;
    FloatVector x4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES);
    FloatVector l4 = x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h4 = x4;
    FloatVector x5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES);
    FloatVector l5 = x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h5 = x5;
    FloatVector x6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES);
    FloatVector l6 = x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h6 = x6;
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
      FloatVector y4 = FloatVector.fromArray(FLOATS, in, c + 4 * LANES);
      high = h4.fma(y4, high);
      low = l4.fma(y4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y5 = FloatVector.fromArray(FLOATS, in, c + 5 * LANES);
      high = h5.fma(y5, high);
      low = l5.fma(y5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y6 = FloatVector.fromArray(FLOATS, in, c + 6 * LANES);
      high = h6.fma(y6, high);
      low = l6.fma(y6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
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
    FloatVector x4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES);
    FloatVector l4 = x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h4 = x4;
    FloatVector x5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES);
    FloatVector l5 = x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h5 = x5;
    FloatVector x6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES);
    FloatVector l6 = x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h6 = x6;
    FloatVector x7 = FloatVector.fromArray(FLOATS, gradient, at + 7 * LANES);
    FloatVector l7 = x7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h7 = x7;
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
      FloatVector y4 = FloatVector.fromArray(FLOATS, in, c + 8 * LANES);
      high = h4.fma(y4, high);
      low = l4.fma(y4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y5 = FloatVector.fromArray(FLOATS, in, c + 10 * LANES);
      high = h5.fma(y5, high);
      low = l5.fma(y5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y6 = FloatVector.fromArray(FLOATS, in, c + 12 * LANES);
      high = h6.fma(y6, high);
      low = l6.fma(y6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      FloatVector y7 = FloatVector.fromArray(FLOATS, in, c + 14 * LANES);
      high = h7.fma(y7, high);
      low = l7.fma(y7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
      low.add(high).intoArray(sums, t);
    }
  }
}
