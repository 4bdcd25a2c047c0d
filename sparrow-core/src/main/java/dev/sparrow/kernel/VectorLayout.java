package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

import java.util.Arrays;

/** Turns images, one after another, into cells with one pixel of every image, and back. */
final class VectorLayout {

  /** Pixels of all images of a group that stay in the first-level cache. */
  private static final int PIXELS = 64;

  private final int images;

  VectorLayout(WordFormat format) {
    this.images = format.images() * LANES;
  }

  /** See {@link Kernels#pack}. */
  void pack(Plane plane, float[] values, int firstImage, int count, float[] mean, float[] deviation, float[] out) {
    for (int channel = 0; channel < plane.channels(); channel++) {
      float factor = 1 / deviation[channel];
      for (int row = 0; row < plane.height(); row++) {
        int at = plane.at(channel, row, 0, LANES);
        Arrays.fill(out, at, at + plane.width() * LANES, 0);
        for (int image = 0; image < Math.min(images, count - firstImage); image++) {
          int from = ((firstImage + image) * plane.channels() + channel) * plane.height() + row;
          if (image < LANES) {
            packRow(values, from * plane.width(), plane.width(), mean[channel], factor, out, at + image);
          } else {
            addHighHalves(values, from * plane.width(), plane.width(), mean[channel], factor, out, at + image - LANES);
          }
        }
      }
    }
  }

  private void packRow(float[] values, int from, int width, float mean, float factor, float[] out, int at) {
    if (images == LANES) {
      for (int i = 0; i < width; i++) {
        out[at + i * LANES] = (values[from + i] - mean) * factor;
      }
    } else {
      for (int i = 0; i < width; i++) {
        out[at + i * LANES] = Float.intBitsToFloat(PlainWords.round((values[from + i] - mean) * factor) >>> 16);
      }
    }
  }

  private static void addHighHalves(float[] values, int from, int width, float mean, float factor, float[] out, int at) {
    for (int i = 0; i < width; i++) {
      int low = Float.floatToRawIntBits(out[at + i * LANES]);
      out[at + i * LANES] = Float.intBitsToFloat(low | PlainWords.round((values[from + i] - mean) * factor));
    }
  }

  /** See {@link Kernels#unpack}. */
  void unpack(Plane plane, float[] sums, int firstImage, int count, float[] factor, float[] values) {
    int area = plane.height() * plane.width();
    for (int channel = 0; channel < plane.channels(); channel++) {
      for (int pixel = 0; pixel < area; pixel += PIXELS) {
        for (int image = 0; image < Math.min(images, count - firstImage); image++) {
          int to = ((firstImage + image) * plane.channels() + channel) * area + pixel;
          int from = (channel * area + pixel) * images + image;
          unpackPixels(sums, from, Math.min(PIXELS, area - pixel), factor[channel], values, to);
        }
      }
    }
  }

  private void unpackPixels(float[] sums, int from, int pixels, float factor, float[] values, int to) {
    for (int i = 0; i < pixels; i++) {
      values[to + i] = factor * sums[from + i * images];
    }
  }
}
