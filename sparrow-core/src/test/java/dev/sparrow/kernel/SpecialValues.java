package dev.sparrow.kernel;

import java.util.Arrays;

/** Ties between two neighbouring bf16 numbers, and values that are no finite numbers, through the kernels. */
final class SpecialValues {

  private static final float[] NONE = {};
  private static final float[] ONE = {1};
  private static final float[] ZERO = {0};
  private static final Plane CELL = new Plane(1, 1, 1);

  private SpecialValues() {}

  static void check(Kernels kernels) {
    boolean rounds = kernels.format() == WordFormat.BF16;
    assertSum(kernels, 1, 0x1p-8, rounds ? 1 : 1 + 0x1p-8);
    assertSum(kernels, 1 + 0x1p-7, 0x1p-8, rounds ? 1 + 0x1p-6 : 1 + 0x1p-7 + 0x1p-8);
    assertSum(kernels, -1, -0x1p-8, rounds ? -1 : -1 - 0x1p-8);
    assertSum(kernels, -1 - 0x1p-7, -0x1p-8, rounds ? -1 - 0x1p-6 : -1 - 0x1p-7 - 0x1p-8);
    assertSum(kernels, 0x1.fep127, 0x1p119, rounds ? Double.POSITIVE_INFINITY : 0x1.ffp127);
    assertSum(kernels, Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY);
    assertSum(kernels, Double.NaN, 1, Double.NaN);
    assertDivergenceIsSeen(kernels);
  }

  private static void assertSum(Kernels kernels, double a, double b, double expected) {
    Blocks cell = Blocks.of(kernels, CELL);
    float[] value = cell.untouched();
    Finish finish = new Finish.Forward(words(cell, b), value, NONE, NONE, NONE, NONE);
    kernels.finish(CELL, words(cell, a), Part.whole(CELL), finish);
    String where = a + " + " + b + ", " + kernels.format() + ", " + kernels.description();
    double[] got = cell.values(value);
    double[] first = cell.values(words(cell, a));
    double[] second = cell.values(words(cell, b));
    for (int image = 0; image < got.length; image++) {
      double exact = first[image] + second[image];
      boolean isLow = image < kernels.lanes();
      boolean isClose = Math.abs(got[image] - exact) <= Math.abs(exact) / 256; // of a high half: not to the even one, but as near
      if (isLow ? Double.compare(got[image], expected) != 0 : Double.isFinite(exact) ? !isClose : Double.isFinite(got[image])) {
        throw new AssertionError("image " + image + ": expected " + (isLow ? expected : exact) + ", got " + got[image] + ": " + where);
      }
    }
  }

  /** A network whose weights are no numbers any more must not look as if nothing had happened: ReLU keeps NaN. */
  private static void assertDivergenceIsSeen(Kernels kernels) {
    Blocks cell = Blocks.of(kernels, CELL);
    String where = "ReLU of NaN, " + kernels.description();
    float[] activation = cell.untouched();
    Finish finish = new Finish.Forward(NONE, NONE, activation, ONE, ZERO, NONE);
    kernels.finish(CELL, words(cell, Double.NaN), Part.whole(CELL), finish);
    assertAll(cell, activation, Double.NaN, where);
    float[] lanes = new float[kernels.lanes()];
    Arrays.fill(lanes, Float.intBitsToFloat(-1));
    float[] normalized = cell.untouched();
    Normalize norm = new Normalize(ONE, ZERO, NONE, NONE, NONE, lanes);
    kernels.normalize(CELL, Part.whole(CELL), words(cell, Double.NaN), norm, normalized);
    assertAll(cell, normalized, Double.NaN, "normalized, " + where);
  }

  private static float[] words(Blocks cell, double value) {
    double[] values = new double[cell.size()];
    Arrays.fill(values, value);
    return cell.words(values);
  }

  private static void assertAll(Blocks cell, float[] words, double expected, String where) {
    for (double value : cell.values(words)) {
      if (Double.compare(value, expected) != 0) {
        throw new AssertionError("expected " + expected + ", got " + value + ": " + where);
      }
    }
  }
}
