package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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
    IntVector x = VectorWords.pairs(gradient, at);
    FloatVector low = VectorWords.low(x);
    FloatVector high = VectorWords.high(x);
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      IntVector y = VectorWords.pairs(in, base + offset[p] * LANES);
      FloatVector lows = low.fma(VectorWords.low(y), VectorWords.floats(sums, t));
      high.fma(VectorWords.high(y), lows).intoArray(sums, t);
    }
  }
}
