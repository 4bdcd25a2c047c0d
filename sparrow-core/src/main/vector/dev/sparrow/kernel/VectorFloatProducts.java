package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

import jdk.incubator.vector.FloatVector;

/** Products of float32 words. */
final class VectorFloatProducts implements VectorProducts {

  @Override
  public int widest() {
    return 8;
  }

  @Override
  public void add(
      int cells, int step, int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    if (cells == 8 && step == 1) {
      VectorEightFloatProducts.neighbours(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 8) {
      VectorEightFloatProducts.everySecond(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 7) {
      VectorEightFloatProducts.neighboursLessOne(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 4 && step == 1) {
      VectorFourFloatProducts.neighbours(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 4) {
      VectorFourFloatProducts.everySecond(offset, from, to, in, base, gradient, at, sums, sum);
    } else if (cells == 3) {
      VectorFourFloatProducts.neighboursLessOne(offset, from, to, in, base, gradient, at, sums, sum);
    } else {
      one(offset, from, to, in, base, gradient, at, sums, sum);
    }
  }

  private static void one(int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum) {
    FloatVector g = VectorWords.floats(gradient, at);
    for (int p = from, t = sum; p < to; p++, t += LANES) {
      g.fma(VectorWords.floats(in, base + offset[p] * LANES), VectorWords.floats(sums, t)).intoArray(sums, t);
    }
  }
}
