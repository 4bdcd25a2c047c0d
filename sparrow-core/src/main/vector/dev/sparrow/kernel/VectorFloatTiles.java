package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;

import jdk.incubator.vector.FloatVector;

/** Tiles of float32 words. */
final class VectorFloatTiles implements VectorTiles {

  @Override
  public int widest() {
    return 8;
  }

  @Override
  public void sum(
      int cells, int step, float[] in, int base, TapList list, int left, int toLeft, int middle, int toMiddle, int right, int toRight,
      float[] sums, int to, int pitch) {
    if (cells == 1) {
      one(in, base, list, middle, toMiddle, sums, to);
    } else if (cells == 8 && step == 1) {
      VectorEightFloats.ofNeighbours(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    } else if (cells == 8) {
      VectorEightFloats.ofEverySecond(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    } else if (step == 1) {
      VectorFourFloats.ofNeighbours(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    } else {
      VectorFourFloats.ofEverySecond(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    }
  }

  private static void one(float[] in, int base, TapList list, int from, int end, float[] sums, int to) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int p = from; p < end; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, list.weight[p]);
      sum = w.fma(FloatVector.fromArray(FLOATS, in, base + list.offset[p] * LANES), sum);
    }
    sum.intoArray(sums, to);
  }
}
