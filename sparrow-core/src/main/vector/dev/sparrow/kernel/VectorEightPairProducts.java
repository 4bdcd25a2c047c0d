package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.HIGH_HALF;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Eight cells of a row, words of two bf16, or seven. Written out, as {@link VectorTiles} explains. */
final class VectorEightPairProducts {

  private VectorEightPairProducts() {}

  /** Cells that meet input cells side by side. */
  static void neighbours(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    IntVector x0 = FloatVector.fromArray(FLOATS, gradient, at).reinterpretAsInts();
    FloatVector l0 = x0.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h0 = x0.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x1 = FloatVector.fromArray(FLOATS, gradient, at + LANES).reinterpretAsInts();
    FloatVector l1 = x1.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h1 = x1.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES).reinterpretAsInts();
    FloatVector l2 = x2.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h2 = x2.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES).reinterpretAsInts();
    FloatVector l3 = x3.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h3 = x3.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES).reinterpretAsInts();
    FloatVector l4 = x4.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h4 = x4.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES).reinterpretAsInts();
    FloatVector l5 = x5.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h5 = x5.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES).reinterpretAsInts();
    FloatVector l6 = x6.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h6 = x6.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x7 = FloatVector.fromArray(FLOATS, gradient, at + 7 * LANES).reinterpretAsInts();
    FloatVector l7 = x7.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h7 = x7.and(HIGH_HALF).reinterpretAsFloats();
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      IntVector y0 = FloatVector.fromArray(FLOATS, in, c).reinterpretAsInts();
      FloatVector low = l0.fma(y0.lanewise(LSHL, 16).reinterpretAsFloats(), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector high = h0.mul(y0.and(HIGH_HALF).reinterpretAsFloats());
      IntVector y1 = FloatVector.fromArray(FLOATS, in, c + LANES).reinterpretAsInts();
      low = l1.fma(y1.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h1.fma(y1.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y2 = FloatVector.fromArray(FLOATS, in, c + 2 * LANES).reinterpretAsInts();
      low = l2.fma(y2.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h2.fma(y2.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y3 = FloatVector.fromArray(FLOATS, in, c + 3 * LANES).reinterpretAsInts();
      low = l3.fma(y3.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h3.fma(y3.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y4 = FloatVector.fromArray(FLOATS, in, c + 4 * LANES).reinterpretAsInts();
      low = l4.fma(y4.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h4.fma(y4.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y5 = FloatVector.fromArray(FLOATS, in, c + 5 * LANES).reinterpretAsInts();
      low = l5.fma(y5.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h5.fma(y5.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y6 = FloatVector.fromArray(FLOATS, in, c + 6 * LANES).reinterpretAsInts();
      low = l6.fma(y6.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h6.fma(y6.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y7 = FloatVector.fromArray(FLOATS, in, c + 7 * LANES).reinterpretAsInts();
      low = l7.fma(y7.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h7.fma(y7.and(HIGH_HALF).reinterpretAsFloats(), high);
      low.add(high).intoArray(sums, t);
    }
  }

  /** Seven cells that meet input cells side by side. */
  static void neighboursLessOne(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    IntVector x0 = FloatVector.fromArray(FLOATS, gradient, at).reinterpretAsInts();
    FloatVector l0 = x0.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h0 = x0.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x1 = FloatVector.fromArray(FLOATS, gradient, at + LANES).reinterpretAsInts();
    FloatVector l1 = x1.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h1 = x1.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES).reinterpretAsInts();
    FloatVector l2 = x2.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h2 = x2.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES).reinterpretAsInts();
    FloatVector l3 = x3.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h3 = x3.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES).reinterpretAsInts();
    FloatVector l4 = x4.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h4 = x4.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES).reinterpretAsInts();
    FloatVector l5 = x5.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h5 = x5.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES).reinterpretAsInts();
    FloatVector l6 = x6.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h6 = x6.and(HIGH_HALF).reinterpretAsFloats();
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      IntVector y0 = FloatVector.fromArray(FLOATS, in, c).reinterpretAsInts();
      FloatVector low = l0.fma(y0.lanewise(LSHL, 16).reinterpretAsFloats(), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector high = h0.mul(y0.and(HIGH_HALF).reinterpretAsFloats());
      IntVector y1 = FloatVector.fromArray(FLOATS, in, c + LANES).reinterpretAsInts();
      low = l1.fma(y1.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h1.fma(y1.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y2 = FloatVector.fromArray(FLOATS, in, c + 2 * LANES).reinterpretAsInts();
      low = l2.fma(y2.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h2.fma(y2.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y3 = FloatVector.fromArray(FLOATS, in, c + 3 * LANES).reinterpretAsInts();
      low = l3.fma(y3.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h3.fma(y3.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y4 = FloatVector.fromArray(FLOATS, in, c + 4 * LANES).reinterpretAsInts();
      low = l4.fma(y4.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h4.fma(y4.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y5 = FloatVector.fromArray(FLOATS, in, c + 5 * LANES).reinterpretAsInts();
      low = l5.fma(y5.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h5.fma(y5.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y6 = FloatVector.fromArray(FLOATS, in, c + 6 * LANES).reinterpretAsInts();
      low = l6.fma(y6.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h6.fma(y6.and(HIGH_HALF).reinterpretAsFloats(), high);
      low.add(high).intoArray(sums, t);
    }
  }

  /** Cells that meet every second input cell. */
  static void everySecond(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    IntVector x0 = FloatVector.fromArray(FLOATS, gradient, at).reinterpretAsInts();
    FloatVector l0 = x0.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h0 = x0.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x1 = FloatVector.fromArray(FLOATS, gradient, at + LANES).reinterpretAsInts();
    FloatVector l1 = x1.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h1 = x1.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES).reinterpretAsInts();
    FloatVector l2 = x2.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h2 = x2.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES).reinterpretAsInts();
    FloatVector l3 = x3.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h3 = x3.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES).reinterpretAsInts();
    FloatVector l4 = x4.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h4 = x4.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES).reinterpretAsInts();
    FloatVector l5 = x5.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h5 = x5.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES).reinterpretAsInts();
    FloatVector l6 = x6.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h6 = x6.and(HIGH_HALF).reinterpretAsFloats();
    IntVector x7 = FloatVector.fromArray(FLOATS, gradient, at + 7 * LANES).reinterpretAsInts();
    FloatVector l7 = x7.lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector h7 = x7.and(HIGH_HALF).reinterpretAsFloats();
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      IntVector y0 = FloatVector.fromArray(FLOATS, in, c).reinterpretAsInts();
      FloatVector low = l0.fma(y0.lanewise(LSHL, 16).reinterpretAsFloats(), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector high = h0.mul(y0.and(HIGH_HALF).reinterpretAsFloats());
      IntVector y1 = FloatVector.fromArray(FLOATS, in, c + 2 * LANES).reinterpretAsInts();
      low = l1.fma(y1.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h1.fma(y1.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y2 = FloatVector.fromArray(FLOATS, in, c + 4 * LANES).reinterpretAsInts();
      low = l2.fma(y2.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h2.fma(y2.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y3 = FloatVector.fromArray(FLOATS, in, c + 6 * LANES).reinterpretAsInts();
      low = l3.fma(y3.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h3.fma(y3.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y4 = FloatVector.fromArray(FLOATS, in, c + 8 * LANES).reinterpretAsInts();
      low = l4.fma(y4.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h4.fma(y4.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y5 = FloatVector.fromArray(FLOATS, in, c + 10 * LANES).reinterpretAsInts();
      low = l5.fma(y5.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h5.fma(y5.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y6 = FloatVector.fromArray(FLOATS, in, c + 12 * LANES).reinterpretAsInts();
      low = l6.fma(y6.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h6.fma(y6.and(HIGH_HALF).reinterpretAsFloats(), high);
      IntVector y7 = FloatVector.fromArray(FLOATS, in, c + 14 * LANES).reinterpretAsInts();
      low = l7.fma(y7.lanewise(LSHL, 16).reinterpretAsFloats(), low);
      high = h7.fma(y7.and(HIGH_HALF).reinterpretAsFloats(), high);
      low.add(high).intoArray(sums, t);
    }
  }
}
