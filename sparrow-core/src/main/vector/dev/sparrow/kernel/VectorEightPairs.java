package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;

/** Eight cells of a row, words of two bf16: sixteen sums in registers. Written out, as {@link VectorTiles} explains. */
final class VectorEightPairs {

  private VectorEightPairs() {}

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
    FloatVector l4 = FloatVector.zero(FLOATS);
    FloatVector h4 = FloatVector.zero(FLOATS);
    FloatVector l5 = FloatVector.zero(FLOATS);
    FloatVector h5 = FloatVector.zero(FLOATS);
    FloatVector l6 = FloatVector.zero(FLOATS);
    FloatVector h6 = FloatVector.zero(FLOATS);
    FloatVector l7 = FloatVector.zero(FLOATS);
    FloatVector h7 = FloatVector.zero(FLOATS);
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
      FloatVector x4 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES);
      h4 = w.fma(x4, h4);
      l4 = w.fma(x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l4);
      FloatVector x5 = FloatVector.fromArray(FLOATS, in, at + 5 * LANES);
      h5 = w.fma(x5, h5);
      l5 = w.fma(x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l5);
      FloatVector x6 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES);
      h6 = w.fma(x6, h6);
      l6 = w.fma(x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l6);
      FloatVector x7 = FloatVector.fromArray(FLOATS, in, at + 7 * LANES);
      h7 = w.fma(x7, h7);
      l7 = w.fma(x7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l7);
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
      FloatVector x4 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES);
      h4 = w.fma(x4, h4);
      l4 = w.fma(x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l4);
      FloatVector x5 = FloatVector.fromArray(FLOATS, in, at + 5 * LANES);
      h5 = w.fma(x5, h5);
      l5 = w.fma(x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l5);
      FloatVector x6 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES);
      h6 = w.fma(x6, h6);
      l6 = w.fma(x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l6);
      FloatVector x7 = FloatVector.fromArray(FLOATS, in, at + 7 * LANES);
      h7 = w.fma(x7, h7);
      l7 = w.fma(x7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l7);
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
      FloatVector x3 = FloatVector.fromArray(FLOATS, in, at + 3 * LANES);
      h3 = w.fma(x3, h3);
      l3 = w.fma(x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l3);
      FloatVector x4 = FloatVector.fromArray(FLOATS, in, at + 4 * LANES);
      h4 = w.fma(x4, h4);
      l4 = w.fma(x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l4);
      FloatVector x5 = FloatVector.fromArray(FLOATS, in, at + 5 * LANES);
      h5 = w.fma(x5, h5);
      l5 = w.fma(x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l5);
      FloatVector x6 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES);
      h6 = w.fma(x6, h6);
      l6 = w.fma(x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l6);
    }
    l0.intoArray(sums, to);
    h0.intoArray(sums, to + LANES);
    l1.intoArray(sums, to + pitch);
    h1.intoArray(sums, to + pitch + LANES);
    l2.intoArray(sums, to + 2 * pitch);
    h2.intoArray(sums, to + 2 * pitch + LANES);
    l3.intoArray(sums, to + 3 * pitch);
    h3.intoArray(sums, to + 3 * pitch + LANES);
    l4.intoArray(sums, to + 4 * pitch);
    h4.intoArray(sums, to + 4 * pitch + LANES);
    l5.intoArray(sums, to + 5 * pitch);
    h5.intoArray(sums, to + 5 * pitch + LANES);
    l6.intoArray(sums, to + 6 * pitch);
    h6.intoArray(sums, to + 6 * pitch + LANES);
    l7.intoArray(sums, to + 7 * pitch);
    h7.intoArray(sums, to + 7 * pitch + LANES);
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
    FloatVector l4 = FloatVector.zero(FLOATS);
    FloatVector h4 = FloatVector.zero(FLOATS);
    FloatVector l5 = FloatVector.zero(FLOATS);
    FloatVector h5 = FloatVector.zero(FLOATS);
    FloatVector l6 = FloatVector.zero(FLOATS);
    FloatVector h6 = FloatVector.zero(FLOATS);
    FloatVector l7 = FloatVector.zero(FLOATS);
    FloatVector h7 = FloatVector.zero(FLOATS);
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
      FloatVector x4 = FloatVector.fromArray(FLOATS, in, at + 8 * LANES);
      h4 = w.fma(x4, h4);
      l4 = w.fma(x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l4);
      FloatVector x5 = FloatVector.fromArray(FLOATS, in, at + 10 * LANES);
      h5 = w.fma(x5, h5);
      l5 = w.fma(x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l5);
      FloatVector x6 = FloatVector.fromArray(FLOATS, in, at + 12 * LANES);
      h6 = w.fma(x6, h6);
      l6 = w.fma(x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l6);
      FloatVector x7 = FloatVector.fromArray(FLOATS, in, at + 14 * LANES);
      h7 = w.fma(x7, h7);
      l7 = w.fma(x7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l7);
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
      FloatVector x4 = FloatVector.fromArray(FLOATS, in, at + 8 * LANES);
      h4 = w.fma(x4, h4);
      l4 = w.fma(x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l4);
      FloatVector x5 = FloatVector.fromArray(FLOATS, in, at + 10 * LANES);
      h5 = w.fma(x5, h5);
      l5 = w.fma(x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l5);
      FloatVector x6 = FloatVector.fromArray(FLOATS, in, at + 12 * LANES);
      h6 = w.fma(x6, h6);
      l6 = w.fma(x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l6);
      FloatVector x7 = FloatVector.fromArray(FLOATS, in, at + 14 * LANES);
      h7 = w.fma(x7, h7);
      l7 = w.fma(x7.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l7);
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
      FloatVector x3 = FloatVector.fromArray(FLOATS, in, at + 6 * LANES);
      h3 = w.fma(x3, h3);
      l3 = w.fma(x3.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l3);
      FloatVector x4 = FloatVector.fromArray(FLOATS, in, at + 8 * LANES);
      h4 = w.fma(x4, h4);
      l4 = w.fma(x4.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l4);
      FloatVector x5 = FloatVector.fromArray(FLOATS, in, at + 10 * LANES);
      h5 = w.fma(x5, h5);
      l5 = w.fma(x5.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l5);
      FloatVector x6 = FloatVector.fromArray(FLOATS, in, at + 12 * LANES);
      h6 = w.fma(x6, h6);
      l6 = w.fma(x6.reinterpretAsInts().lanewise(LSHL, 16).reinterpretAsFloats(), l6);
    }
    l0.intoArray(sums, to);
    h0.intoArray(sums, to + LANES);
    l1.intoArray(sums, to + pitch);
    h1.intoArray(sums, to + pitch + LANES);
    l2.intoArray(sums, to + 2 * pitch);
    h2.intoArray(sums, to + 2 * pitch + LANES);
    l3.intoArray(sums, to + 3 * pitch);
    h3.intoArray(sums, to + 3 * pitch + LANES);
    l4.intoArray(sums, to + 4 * pitch);
    h4.intoArray(sums, to + 4 * pitch + LANES);
    l5.intoArray(sums, to + 5 * pitch);
    h5.intoArray(sums, to + 5 * pitch + LANES);
    l6.intoArray(sums, to + 6 * pitch);
    h6.intoArray(sums, to + 6 * pitch + LANES);
    l7.intoArray(sums, to + 7 * pitch);
    h7.intoArray(sums, to + 7 * pitch + LANES);
  }
}
