package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;

/** Products of words of two bf16. Eight cells have sixteen gradients, which takes a processor with 32 vector registers. */
final class VectorPairProducts implements VectorProducts {

  @Override
  public int widest() {
    return LANES >= 16 ? 8 : 4;
  }

  @Override
  public void add(
      int cells, int step, int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    if (cells == 8 && step == 1) {
      VectorEightPairProducts.neighbours(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 8) {
      VectorEightPairProducts.everySecond(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 7) {
      VectorEightPairProducts.neighboursLessOne(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 4 && step == 1) {
      VectorFourPairProducts.neighbours(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 4) {
      VectorFourPairProducts.everySecond(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 3) {
      VectorFourPairProducts.neighboursLessOne(offset, from, to, in, base, gradient, at, sums, sum);
    } else {
      one(offset, from, to, in, base, gradient, at, sums, sum);
    }
  }

  private static void one(int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector x = FloatVector.fromArray(FLOATS, gradient, at);
    FloatVector low = x.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats();
    FloatVector high = x;
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      FloatVector y = FloatVector.fromArray(FLOATS, in, base + offset[p] * LANES);
      FloatVector lows = low.fma(y.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), FloatVector.fromArray(FLOATS, sums, t));
      high.fma(y, lows).intoArray(sums, t);
    }
  }
}
