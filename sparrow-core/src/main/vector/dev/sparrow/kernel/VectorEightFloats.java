package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;

import jdk.incubator.vector.FloatVector;

/** Eight cells of a row, float32: eight sums in registers. Written out, as {@link VectorTiles} explains. */
final class VectorEightFloats {

  private VectorEightFloats() {}

  /** From input cells side by side. */
  static void ofNeighbours(
      float[] in, int base, TapList list, int left, int toLeft, int middle, int toMiddle, int right, int toRight,
      float[] sums, int to, int pitch) {
    float[] weight = list.weight;
    int[] offset = list.offset;
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    FloatVector s4 = FloatVector.zero(FLOATS);
    FloatVector s5 = FloatVector.zero(FLOATS);
    FloatVector s6 = FloatVector.zero(FLOATS);
    FloatVector s7 = FloatVector.zero(FLOATS);
    for (int p = left; p < toLeft; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 3 * LANES), s3);
      s4 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s4);
      s5 = w.fma(FloatVector.fromArray(FLOATS, in, at + 5 * LANES), s5);
      s6 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s6);
      s7 = w.fma(FloatVector.fromArray(FLOATS, in, at + 7 * LANES), s7);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 3 * LANES), s3);
      s4 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s4);
      s5 = w.fma(FloatVector.fromArray(FLOATS, in, at + 5 * LANES), s5);
      s6 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s6);
      s7 = w.fma(FloatVector.fromArray(FLOATS, in, at + 7 * LANES), s7);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 3 * LANES), s3);
      s4 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s4);
      s5 = w.fma(FloatVector.fromArray(FLOATS, in, at + 5 * LANES), s5);
      s6 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s6);
    }
    s0.intoArray(sums, to);
    s1.intoArray(sums, to + pitch);
    s2.intoArray(sums, to + 2 * pitch);
    s3.intoArray(sums, to + 3 * pitch);
    s4.intoArray(sums, to + 4 * pitch);
    s5.intoArray(sums, to + 5 * pitch);
    s6.intoArray(sums, to + 6 * pitch);
    s7.intoArray(sums, to + 7 * pitch);
  }

  /** From every second input cell. */
  static void ofEverySecond(
      float[] in, int base, TapList list, int left, int toLeft, int middle, int toMiddle, int right, int toRight,
      float[] sums, int to, int pitch) {
    float[] weight = list.weight;
    int[] offset = list.offset;
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    FloatVector s4 = FloatVector.zero(FLOATS);
    FloatVector s5 = FloatVector.zero(FLOATS);
    FloatVector s6 = FloatVector.zero(FLOATS);
    FloatVector s7 = FloatVector.zero(FLOATS);
    for (int p = left; p < toLeft; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s3);
      s4 = w.fma(FloatVector.fromArray(FLOATS, in, at + 8 * LANES), s4);
      s5 = w.fma(FloatVector.fromArray(FLOATS, in, at + 10 * LANES), s5);
      s6 = w.fma(FloatVector.fromArray(FLOATS, in, at + 12 * LANES), s6);
      s7 = w.fma(FloatVector.fromArray(FLOATS, in, at + 14 * LANES), s7);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s3);
      s4 = w.fma(FloatVector.fromArray(FLOATS, in, at + 8 * LANES), s4);
      s5 = w.fma(FloatVector.fromArray(FLOATS, in, at + 10 * LANES), s5);
      s6 = w.fma(FloatVector.fromArray(FLOATS, in, at + 12 * LANES), s6);
      s7 = w.fma(FloatVector.fromArray(FLOATS, in, at + 14 * LANES), s7);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s3);
      s4 = w.fma(FloatVector.fromArray(FLOATS, in, at + 8 * LANES), s4);
      s5 = w.fma(FloatVector.fromArray(FLOATS, in, at + 10 * LANES), s5);
      s6 = w.fma(FloatVector.fromArray(FLOATS, in, at + 12 * LANES), s6);
    }
    s0.intoArray(sums, to);
    s1.intoArray(sums, to + pitch);
    s2.intoArray(sums, to + 2 * pitch);
    s3.intoArray(sums, to + 3 * pitch);
    s4.intoArray(sums, to + 4 * pitch);
    s5.intoArray(sums, to + 5 * pitch);
    s6.intoArray(sums, to + 6 * pitch);
    s7.intoArray(sums, to + 7 * pitch);
  }
}
