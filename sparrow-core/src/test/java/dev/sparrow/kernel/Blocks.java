package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/**
 * Values [N, C, H, W] of one group of images and the words they lie in, converted by the description of the layout and not by the code
 * under test.
 *
 * @param format what a word holds
 * @param lanes words per cell
 * @param plane where the words lie
 */
record Blocks(WordFormat format, int lanes, Plane plane) {

  /** What words hold before a test lets something be written: a value that no test computes, in both formats. */
  static final float UNTOUCHED = Float.intBitsToFloat(0x5a5a5a5a);

  static Blocks of(Kernels kernels, Plane plane) {
    return new Blocks(kernels.format(), kernels.lanes(), plane);
  }

  int images() {
    return format == WordFormat.BF16 ? 2 * lanes : lanes;
  }

  /** Number of values of the group. */
  int size() {
    return images() * plane.channels() * plane.height() * plane.width();
  }

  /** Index of a value in [N, C, H, W]. */
  int index(int image, int channel, int row, int column) {
    return ((image * plane.channels() + channel) * plane.height() + row) * plane.width() + column;
  }

  /** Values that words hold without rounding; one in five is zero. */
  double[] random(Random random) {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? 0 : (random.nextInt(511) - 255) / 64.0;
    }
    return values(words(values));
  }

  /** The words nearest to values, with a halo of zeros; what is in a low half must be a bf16. */
  float[] words(double[] values) {
    float[] words = new float[length()];
    forEachCell((channel, row, column, at) -> {
      for (int lane = 0; lane < lanes; lane++) {
        float low = (float) values[index(lane, channel, row, column)];
        boolean pairs = format == WordFormat.BF16;
        words[at + lane] = pairs ? word(low, (float) values[index(lane + lanes, channel, row, column)]) : low;
      }
    });
    return words;
  }

  /** Tries the high halves next to a value's own one. */
  private static float word(float low, float high) {
    int below = Float.floatToRawIntBits(low) >>> 16;
    assertThat(Float.floatToRawIntBits(low) & 0xffff).as("test values are bf16").isZero();
    if (high == 0 || !Float.isFinite(high)) {
      return Float.intBitsToFloat((high == 0 ? 0x0d800000 : 0x7fc00000) | below);
    }
    float nearest = Float.NaN;
    for (int step = -1; step <= 1; step++) {
      int above = (Float.floatToRawIntBits(high) >>> 16) + step;
      float candidate = Float.intBitsToFloat(above << 16 | below);
      boolean nearer = Math.abs((double) candidate - high) < Math.abs((double) nearest - high);
      nearest = Float.isNaN(nearest) || nearer ? candidate : nearest;
    }
    return nearest;
  }

  /** Words to be written: {@link #UNTOUCHED}, with a halo of zeros. */
  float[] untouched() {
    float[] words = new float[length()];
    forEachCell((channel, row, column, at) -> Arrays.fill(words, at, at + lanes, UNTOUCHED));
    return words;
  }

  double[] values(float[] words) {
    double[] values = new double[size()];
    forEachCell((channel, row, column, at) -> {
      for (int image = 0; image < images(); image++) {
        values[index(image, channel, row, column)] = value(words, at, image);
      }
    });
    return values;
  }

  private float value(float[] words, int at, int image) {
    if (format == WordFormat.FP32) {
      return words[at + image];
    }
    float word = words[at + image % lanes];
    if (image < lanes) {
      return Float.intBitsToFloat(Float.floatToRawIntBits(word) << 16);
    }
    return Math.abs(word) < 0x1.02p-100 ? 0 : word;
  }

  /** Fails if anything outside of the cells is not zero. */
  void assertHaloIsZero(float[] words, String where) {
    float[] rest = words.clone();
    assertThat(rest).as(where).hasSize(length());
    forEachCell((channel, row, column, at) -> Arrays.fill(rest, at, at + lanes, 0));
    for (int i = 0; i < rest.length; i++) {
      if (Float.floatToRawIntBits(rest[i]) != 0) {
        throw new AssertionError("word " + i + " of the halo is " + rest[i] + ": " + where);
      }
    }
  }

  /** Fails unless a cell was written or left alone as told. */
  void assertWritten(float[] words, CellSet written, String where) {
    forEachCell((channel, row, column, at) -> {
      for (int lane = 0; lane < lanes; lane++) {
        boolean untouched = Float.floatToRawIntBits(words[at + lane]) == Float.floatToRawIntBits(UNTOUCHED);
        if (untouched == written.contains(channel, row, column)) {
          String what = untouched ? "not written" : "written";
          throw new AssertionError("cell (" + channel + ", " + row + ", " + column + ") lane " + lane + " was " + what + ": " + where);
        }
      }
    });
  }

  /** Some of the cells. */
  interface CellSet {
    boolean contains(int channel, int row, int column);
  }

  /** Does something with every cell. */
  interface CellVisitor {
    void visit(int channel, int row, int column, int at);
  }

  void forEachCell(CellVisitor visitor) {
    int at = 12;
    for (int channel = 0; channel < plane.channels(); channel++) {
      at += (plane.width() + 2) * lanes;
      for (int row = 0; row < plane.height(); row++) {
        at += lanes;
        for (int column = 0; column < plane.width(); column++) {
          visitor.visit(channel, row, column, at);
          at += lanes;
        }
        at += lanes;
      }
      at += (plane.width() + 2) * lanes;
    }
  }

  private int length() {
    return 12 + plane.channels() * (plane.height() + 2) * (plane.width() + 2) * lanes;
  }
}
