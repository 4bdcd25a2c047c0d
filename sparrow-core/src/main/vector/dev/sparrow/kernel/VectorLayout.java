package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

import jdk.incubator.vector.FloatVector;

/** Turns images, one after another, into cells with one pixel of every image, and back. */
final class VectorLayout {

  /** Pixels of all images of a group that stay in the cache while they are unpacked. */
  private static final int PIXELS = 256;

  /** The words of a thread's images before they become cells: [lane][pixel], as many pixels as lanes. */
  private static final ThreadLocal<float[]> SQUARE = ThreadLocal.withInitial(() -> new float[LANES * LANES]);

  private final int images;

  VectorLayout(WordFormat format) {
    this.images = format.images() * LANES;
  }

  /** See {@link Kernels#pack}. */
  void pack(Plane plane, float[] values, int firstImage, int count, float[] mean, float[] deviation, float[] out) {
    float[] square = SQUARE.get();
    int area = plane.height() * plane.width();
    int size = plane.channels() * area;
    int present = Math.min(images, count - firstImage);
    for (int channel = 0; channel < plane.channels(); channel++) {
      float factor = 1 / deviation[channel];
      for (int pixel = 0; pixel < area; pixel += LANES) {
        int from = firstImage * size + channel * area + pixel;
        int pixels = Math.min(LANES, area - pixel);
        for (int lane = 0; lane < LANES; lane++) {
          int low = from + lane * size;
          if (pixels == LANES && lane + images - LANES < present) {
            words(values, low, low + LANES * size, mean[channel], factor, square, lane * LANES);
          } else {
            fewWords(values, low, low + LANES * size, present - lane, pixels, mean[channel], factor, square, lane * LANES);
          }
        }
        for (int i = 0; i < pixels; i++) {
          cell(square, i, out, plane.at(channel, (pixel + i) / plane.width(), (pixel + i) % plane.width(), LANES));
        }
      }
    }
  }

  /** Words of a lane: of one image, or of a low and a high one. */
  private void words(float[] values, int low, int high, float mean, float factor, float[] words, int to) {
    FloatVector lows = VectorWords.floats(values, low).sub(mean).mul(factor);
    if (images == LANES) {
      lows.intoArray(words, to);
    } else {
      VectorWords.storePairs(lows, VectorWords.floats(values, high).sub(mean).mul(factor), words, to);
    }
  }

  /** Words of fewer pixels than a vector has, or of images that may be absent: {@code present} are there from this lane on. */
  private void fewWords(
      float[] values, int low, int high, int present, int pixels, float mean, float factor, float[] words, int to) {
    for (int i = 0; i < pixels; i++) {
      float below = present > 0 ? (values[low + i] - mean) * factor : 0;
      if (images == LANES) {
        words[to + i] = below;
      } else {
        float above = present > LANES ? (values[high + i] - mean) * factor : 0;
        words[to + i] = PlainWords.join(below, above);
      }
    }
  }

  private static void cell(float[] square, int pixel, float[] out, int at) {
    for (int lane = 0; lane < LANES; lane++) {
      out[at + lane] = square[lane * LANES + pixel];
    }
  }

  /** See {@link Kernels#unpack}. */
  void unpack(Plane plane, float[] sums, int firstImage, int count, float[] factor, float[] values) {
    int area = plane.height() * plane.width();
    int present = Math.min(images, count - firstImage);
    for (int channel = 0; channel < plane.channels(); channel++) {
      for (int pixel = 0; pixel < area; pixel += PIXELS) {
        int pixels = Math.min(PIXELS, area - pixel);
        for (int image = 0; image < present; image++) {
          int from = (channel * area + pixel) * images + image;
          int to = ((firstImage + image) * plane.channels() + channel) * area + pixel;
          if (images == LANES) {
            everyLanes(sums, from, pixels, factor[channel], values, to);
          } else {
            everyTwiceLanes(sums, from, pixels, factor[channel], values, to);
          }
        }
      }
    }
  }

  /** Of one image from cells of one word per lane; with a constant distance the compiler unrolls the loop. */
  private static void everyLanes(float[] sums, int from, int pixels, float factor, float[] values, int to) {
    for (int i = 0; i < pixels; i++) {
      values[to + i] = factor * sums[from + i * LANES];
    }
  }

  /** Of one image from cells of two. */
  private static void everyTwiceLanes(float[] sums, int from, int pixels, float factor, float[] values, int to) {
    for (int i = 0; i < pixels; i++) {
      values[to + i] = factor * sums[from + i * (2 * LANES)];
    }
  }
}
