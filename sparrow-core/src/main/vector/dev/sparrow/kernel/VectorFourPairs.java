package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.HIGH_HALF;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Four cells of a row, words of two bf16: eight sums in registers. Written out, as {@link VectorTiles} explains. */
final class VectorFourPairs {

  private VectorFourPairs() {}

  /** From input cells side by side. */
  static void ofNeighbours(
      float[] in, int base, TapList list, int left, int toLeft, int middle, int toMiddle, int right, int toRight,
      float[] sums, int to, int pitch) {
    float[] weight = list.weight;
    int[] offset = list.offset;
    FloatVector l0 = FloatVector.zero(FLOATS);
    FloatVector h0 = FloatVector.zero(FLOATS);
    FloatVector l1 = FloatVector.zero(FLOATS);
    FloatVector h1 = FloatVector.zero(FLOATS);
    FloatVector l2 = FloatVector.zero(FLOATS);
    FloatVector h2 = FloatVector.zero(FLOATS);
    FloatVector l3 = FloatVector.zero(FLOATS);
    FloatVector h3 = FloatVector.zero(FLOATS);
    for (int p = left; p < toLeft; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      IntVector x1 = FloatVector.fromArray(FLOATS, in, at + LANES).reinterpretAsInts();
      l1 = w.fma(x1.lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      h1 = w.fma(x1.and(HIGH_HALF).reinterpretAsFloats(), h1);
      IntVector x2 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES).reinterpretAsInts();
      l2 = w.fma(x2.lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      h2 = w.fma(x2.and(HIGH_HALF).reinterpretAsFloats(), h2);
      IntVector x3 = FloatVector.fromArray(FLOATS, in, at + 3 * LANES).reinterpretAsInts();
      l3 = w.fma(x3.lanewise(LSHL, 16).reinterpretAsFloats(), l3);
      h3 = w.fma(x3.and(HIGH_HALF).reinterpretAsFloats(), h3);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      IntVector x0 = FloatVector.fromArray(FLOATS, in, at).reinterpretAsInts();
      l0 = w.fma(x0.lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      h0 = w.fma(x0.and(HIGH_HALF).reinterpretAsFloats(), h0);
      IntVector x1 = FloatVector.fromArray(FLOATS, in, at + LANES).reinterpretAsInts();
      l1 = w.fma(x1.lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      h1 = w.fma(x1.and(HIGH_HALF).reinterpretAsFloats(), h1);
      IntVector x2 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES).reinterpretAsInts();
      l2 = w.fma(x2.lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      h2 = w.fma(x2.and(HIGH_HALF).reinterpretAsFloats(), h2);
      IntVector x3 = FloatVector.fromArray(FLOATS, in, at + 3 * LANES).reinterpretAsInts();
      l3 = w.fma(x3.lanewise(LSHL, 16).reinterpretAsFloats(), l3);
      h3 = w.fma(x3.and(HIGH_HALF).reinterpretAsFloats(), h3);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      IntVector x0 = FloatVector.fromArray(FLOATS, in, at).reinterpretAsInts();
      l0 = w.fma(x0.lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      h0 = w.fma(x0.and(HIGH_HALF).reinterpretAsFloats(), h0);
      IntVector x1 = FloatVector.fromArray(FLOATS, in, at + LANES).reinterpretAsInts();
      l1 = w.fma(x1.lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      h1 = w.fma(x1.and(HIGH_HALF).reinterpretAsFloats(), h1);
      IntVector x2 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES).reinterpretAsInts();
      l2 = w.fma(x2.lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      h2 = w.fma(x2.and(HIGH_HALF).reinterpretAsFloats(), h2);
    }
    l0.intoArray(sums, to);
    h0.intoArray(sums, to + LANES);
    l1.intoArray(sums, to + pitch);
    h1.intoArray(sums, to + pitch + LANES);
    l2.intoArray(sums, to + 2 * pitch);
    h2.intoArray(sums, to + 2 * pitch + LANES);
    l3.intoArray(sums, to + 3 * pitch);
    h3.intoArray(sums, to + 3 * pitch + LANES);
  }

  /** From every second input cell. */
  static void ofEverySecond(
      float[] in, int base, TapList list, int left, int toLeft, int middle, int toMiddle, int right, int toRight,
      float[] sums, int to, int pitch) {
    float[] weight = list.weight;
    int[] offset = list.offset;
    FloatVector l0 = FloatVector.zero(FLOATS);
    FloatVector h0 = FloatVector.zero(FLOATS);
    FloatVector l1 = FloatVector.zero(FLOATS);
    FloatVector h1 = FloatVector.zero(FLOATS);
    FloatVector l2 = FloatVector.zero(FLOATS);
    FloatVector h2 = FloatVector.zero(FLOATS);
    FloatVector l3 = FloatVector.zero(FLOATS);
    FloatVector h3 = FloatVector.zero(FLOATS);
    for (int p = left; p < toLeft; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      IntVector x1 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES).reinterpretAsInts();
      l1 = w.fma(x1.lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      h1 = w.fma(x1.and(HIGH_HALF).reinterpretAsFloats(), h1);
      IntVector x2 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES).reinterpretAsInts();
      l2 = w.fma(x2.lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      h2 = w.fma(x2.and(HIGH_HALF).reinterpretAsFloats(), h2);
      IntVector x3 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES).reinterpretAsInts();
      l3 = w.fma(x3.lanewise(LSHL, 16).reinterpretAsFloats(), l3);
      h3 = w.fma(x3.and(HIGH_HALF).reinterpretAsFloats(), h3);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      IntVector x0 = FloatVector.fromArray(FLOATS, in, at).reinterpretAsInts();
      l0 = w.fma(x0.lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      h0 = w.fma(x0.and(HIGH_HALF).reinterpretAsFloats(), h0);
      IntVector x1 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES).reinterpretAsInts();
      l1 = w.fma(x1.lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      h1 = w.fma(x1.and(HIGH_HALF).reinterpretAsFloats(), h1);
      IntVector x2 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES).reinterpretAsInts();
      l2 = w.fma(x2.lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      h2 = w.fma(x2.and(HIGH_HALF).reinterpretAsFloats(), h2);
      IntVector x3 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES).reinterpretAsInts();
      l3 = w.fma(x3.lanewise(LSHL, 16).reinterpretAsFloats(), l3);
      h3 = w.fma(x3.and(HIGH_HALF).reinterpretAsFloats(), h3);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      IntVector x0 = FloatVector.fromArray(FLOATS, in, at).reinterpretAsInts();
      l0 = w.fma(x0.lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      h0 = w.fma(x0.and(HIGH_HALF).reinterpretAsFloats(), h0);
      IntVector x1 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES).reinterpretAsInts();
      l1 = w.fma(x1.lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      h1 = w.fma(x1.and(HIGH_HALF).reinterpretAsFloats(), h1);
      IntVector x2 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES).reinterpretAsInts();
      l2 = w.fma(x2.lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      h2 = w.fma(x2.and(HIGH_HALF).reinterpretAsFloats(), h2);
    }
    l0.intoArray(sums, to);
    h0.intoArray(sums, to + LANES);
    l1.intoArray(sums, to + pitch);
    h1.intoArray(sums, to + pitch + LANES);
    l2.intoArray(sums, to + 2 * pitch);
    h2.intoArray(sums, to + 2 * pitch + LANES);
    l3.intoArray(sums, to + 3 * pitch);
    h3.intoArray(sums, to + 3 * pitch + LANES);
  }
}
