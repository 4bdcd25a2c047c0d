package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;

/** Tiles of words of two bf16. Eight cells have sixteen sums, which takes a processor with 32 vector registers. */
final class VectorPairTiles implements VectorTiles {

  @Override
  public int widest() {
    return LANES >= 16 ? 8 : 4;
  }

  @Override
  public void sum(
      int cells, int step, float[] in, int base, TapList list, int left, int toLeft, int middle, int toMiddle, int right, int toRight,
      float[] sums, int to, int pitch) {
    if (cells == 1) {
      one(in, base, list, middle, toMiddle, sums, to);
    } else if (cells == 8 && step == 1) {
      VectorEightPairs.ofNeighbours(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    } else if (cells == 8) {
      VectorEightPairs.ofEverySecond(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    } else if (step == 1) {
      VectorFourPairs.ofNeighbours(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    } else {
      VectorFourPairs.ofEverySecond(in, base, list, left, toLeft, middle, toMiddle, right, toRight, sums, to, pitch);
    }
  }

  private static void one(float[] in, int base, TapList list, int from, int end, float[] sums, int to) {
    FloatVector low = FloatVector.zero(FLOATS);
    FloatVector high = FloatVector.zero(FLOATS);
    for (int p = from; p < end; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, list.weight[p]);
      FloatVector x = FloatVector.fromArray(FLOATS, in, base + list.offset[p] * LANES);
      high = w.fma(x, high);
      low = w.fma(x.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), low);
    }
    low.intoArray(sums, to);
    high.intoArray(sums, to + LANES);
  }
}
