package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;

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
      FloatVector x1 = FloatVector.fromArray(FLOATS, in, at + LANES);
      h1 = w.fma(x1, h1);
      l1 = w.fma(x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES);
      h2 = w.fma(x2, h2);
      l2 = w.fma(x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      FloatVector x3 = FloatVector.fromArray(FLOATS, in, at + 3 * LANES);
      h3 = w.fma(x3, h3);
      l3 = w.fma(x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l3);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      FloatVector x0 = FloatVector.fromArray(FLOATS, in, at);
      h0 = w.fma(x0, h0);
      l0 = w.fma(x0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      FloatVector x1 = FloatVector.fromArray(FLOATS, in, at + LANES);
      h1 = w.fma(x1, h1);
      l1 = w.fma(x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES);
      h2 = w.fma(x2, h2);
      l2 = w.fma(x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      FloatVector x3 = FloatVector.fromArray(FLOATS, in, at + 3 * LANES);
      h3 = w.fma(x3, h3);
      l3 = w.fma(x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l3);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      FloatVector x0 = FloatVector.fromArray(FLOATS, in, at);
      h0 = w.fma(x0, h0);
      l0 = w.fma(x0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      FloatVector x1 = FloatVector.fromArray(FLOATS, in, at + LANES);
      h1 = w.fma(x1, h1);
      l1 = w.fma(x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES);
      h2 = w.fma(x2, h2);
      l2 = w.fma(x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l2);
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
      FloatVector x1 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES);
      h1 = w.fma(x1, h1);
      l1 = w.fma(x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES);
      h2 = w.fma(x2, h2);
      l2 = w.fma(x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      FloatVector x3 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES);
      h3 = w.fma(x3, h3);
      l3 = w.fma(x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l3);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      FloatVector x0 = FloatVector.fromArray(FLOATS, in, at);
      h0 = w.fma(x0, h0);
      l0 = w.fma(x0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      FloatVector x1 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES);
      h1 = w.fma(x1, h1);
      l1 = w.fma(x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES);
      h2 = w.fma(x2, h2);
      l2 = w.fma(x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l2);
      FloatVector x3 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES);
      h3 = w.fma(x3, h3);
      l3 = w.fma(x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l3);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      FloatVector x0 = FloatVector.fromArray(FLOATS, in, at);
      h0 = w.fma(x0, h0);
      l0 = w.fma(x0.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l0);
      FloatVector x1 = FloatVector.fromArray(FLOATS, in, at + 2 * LANES);
      h1 = w.fma(x1, h1);
      l1 = w.fma(x1.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l1);
      FloatVector x2 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES);
      h2 = w.fma(x2, h2);
      l2 = w.fma(x2.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l2);
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
