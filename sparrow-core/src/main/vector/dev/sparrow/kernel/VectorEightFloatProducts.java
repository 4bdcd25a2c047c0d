package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;

import jdk.incubator.vector.FloatVector;

/** Eight cells of a row, float32, or seven. Written out, as {@link VectorTiles} explains. */
final class VectorEightFloatProducts {

  private VectorEightFloatProducts() {}

  /** Cells that meet input cells side by side. */
  static void neighbours(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector g0 = FloatVector.fromArray(FLOATS, gradient, at);
    FloatVector g1 = FloatVector.fromArray(FLOATS, gradient, at + LANES);
    FloatVector g2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES);
    FloatVector g3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES);
    FloatVector g4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES);
    FloatVector g5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES);
    FloatVector g6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES);
    FloatVector g7 = FloatVector.fromArray(FLOATS, gradient, at + 7 * LANES);
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      FloatVector even = g0.fma(FloatVector.fromArray(FLOATS, in, c), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector odd = g1.mul(FloatVector.fromArray(FLOATS, in, c + LANES));
      even = g2.fma(FloatVector.fromArray(FLOATS, in, c + 2 * LANES), even);
      odd = g3.fma(FloatVector.fromArray(FLOATS, in, c + 3 * LANES), odd);
      even = g4.fma(FloatVector.fromArray(FLOATS, in, c + 4 * LANES), even);
      odd = g5.fma(FloatVector.fromArray(FLOATS, in, c + 5 * LANES), odd);
      even = g6.fma(FloatVector.fromArray(FLOATS, in, c + 6 * LANES), even);
      odd = g7.fma(FloatVector.fromArray(FLOATS, in, c + 7 * LANES), odd);
      even.add(odd).intoArray(sums, t);
    }
  }

  /** Seven cells that meet input cells side by side. */
  static void neighboursLessOne(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector g0 = FloatVector.fromArray(FLOATS, gradient, at);
    FloatVector g1 = FloatVector.fromArray(FLOATS, gradient, at + LANES);
    FloatVector g2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES);
    FloatVector g3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES);
    FloatVector g4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES);
    FloatVector g5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES);
    FloatVector g6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES);
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      FloatVector even = g0.fma(FloatVector.fromArray(FLOATS, in, c), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector odd = g1.mul(FloatVector.fromArray(FLOATS, in, c + LANES));
      even = g2.fma(FloatVector.fromArray(FLOATS, in, c + 2 * LANES), even);
      odd = g3.fma(FloatVector.fromArray(FLOATS, in, c + 3 * LANES), odd);
      even = g4.fma(FloatVector.fromArray(FLOATS, in, c + 4 * LANES), even);
      odd = g5.fma(FloatVector.fromArray(FLOATS, in, c + 5 * LANES), odd);
      even = g6.fma(FloatVector.fromArray(FLOATS, in, c + 6 * LANES), even);
      even.add(odd).intoArray(sums, t);
    }
  }

  /** Cells that meet every second input cell. */
  static void everySecond(
      int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector g0 = FloatVector.fromArray(FLOATS, gradient, at);
    FloatVector g1 = FloatVector.fromArray(FLOATS, gradient, at + LANES);
    FloatVector g2 = FloatVector.fromArray(FLOATS, gradient, at + 2 * LANES);
    FloatVector g3 = FloatVector.fromArray(FLOATS, gradient, at + 3 * LANES);
    FloatVector g4 = FloatVector.fromArray(FLOATS, gradient, at + 4 * LANES);
    FloatVector g5 = FloatVector.fromArray(FLOATS, gradient, at + 5 * LANES);
    FloatVector g6 = FloatVector.fromArray(FLOATS, gradient, at + 6 * LANES);
    FloatVector g7 = FloatVector.fromArray(FLOATS, gradient, at + 7 * LANES);
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      int c = base + offset[p] * LANES;
      FloatVector even = g0.fma(FloatVector.fromArray(FLOATS, in, c), FloatVector.fromArray(FLOATS, sums, t));
      FloatVector odd = g1.mul(FloatVector.fromArray(FLOATS, in, c + 2 * LANES));
      even = g2.fma(FloatVector.fromArray(FLOATS, in, c + 4 * LANES), even);
      odd = g3.fma(FloatVector.fromArray(FLOATS, in, c + 6 * LANES), odd);
      even = g4.fma(FloatVector.fromArray(FLOATS, in, c + 8 * LANES), even);
      odd = g5.fma(FloatVector.fromArray(FLOATS, in, c + 10 * LANES), odd);
      even = g6.fma(FloatVector.fromArray(FLOATS, in, c + 12 * LANES), even);
      odd = g7.fma(FloatVector.fromArray(FLOATS, in, c + 14 * LANES), odd);
      even.add(odd).intoArray(sums, t);
    }
  }
}
