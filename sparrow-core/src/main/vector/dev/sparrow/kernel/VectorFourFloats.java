package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.FLOATS;
import static dev.sparrow.kernel.VectorWords.LANES;

import jdk.incubator.vector.FloatVector;

/** Four cells of a row, float32: four sums in registers. Written out, as {@link VectorTiles} explains. */
final class VectorFourFloats {

  private VectorFourFloats() {}

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
    for (int p = left; p < toLeft; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 3 * LANES), s3);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 3 * LANES), s3);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s2);
    }
    s0.intoArray(sums, to);
    s1.intoArray(sums, to + pitch);
    s2.intoArray(sums, to + 2 * pitch);
    s3.intoArray(sums, to + 3 * pitch);
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
    for (int p = left; p < toLeft; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s3);
    }
    for (int p = middle; p < toMiddle; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s2);
      s3 = w.fma(FloatVector.fromArray(FLOATS, in, at + 6 * LANES), s3);
    }
    for (int p = right; p < toRight; p++) {
      FloatVector w = FloatVector.broadcast(FLOATS, weight[p]);
      int at = base + offset[p] * LANES;
      s0 = w.fma(FloatVector.fromArray(FLOATS, in, at), s0);
      s1 = w.fma(FloatVector.fromArray(FLOATS, in, at + 2 * LANES), s1);
      s2 = w.fma(FloatVector.fromArray(FLOATS, in, at + 4 * LANES), s2);
    }
    s0.intoArray(sums, to);
    s1.intoArray(sums, to + pitch);
    s2.intoArray(sums, to + 2 * pitch);
    s3.intoArray(sums, to + 3 * pitch);
  }
}
