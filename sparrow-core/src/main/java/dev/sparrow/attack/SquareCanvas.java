package dev.sparrow.attack;

import dev.sparrow.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Pixels of a batch on the Java side, all 0 at first, on which {@link Square} draws before they go to the device in one copy. */
final class SquareCanvas {

  private final int images;
  private final int channels;
  private final int size;
  private final float[] pixels;

  /**
   * A canvas.
   *
   * @param images number of images
   * @param channels planes of each
   * @param size side of each
   */
  SquareCanvas(int images, int channels, int size) {
    this.images = images;
    this.channels = channels;
    this.size = size;
    pixels = new float[images * channels * size * size];
  }

  /** Sets a rectangle of one plane, clipped to the image at its lower and right edge. */
  void fill(int image, int channel, int top, int left, int height, int width, double value) {
    for (int y = top; y < Math.min(top + height, size); y++) {
      int row = ((image * channels + channel) * size + y) * size;
      Arrays.fill(pixels, row + left, row + Math.min(left + width, size), (float) value);
    }
  }

  /** Sets a square of one plane to a multiple of a pattern. */
  void draw(int image, int channel, int top, int left, double[][] pattern, double factor) {
    for (int y = 0; y < pattern.length; y++) {
      int first = ((image * channels + channel) * size + top + y) * size + left;
      for (int x = 0; x < pattern.length; x++) {
        pixels[first + x] = (float) (factor * pattern[y][x]);
      }
    }
  }

  /** What was drawn, as [images, channels, size, size] on the device of another tensor. */
  Tensor tensorLike(Tensor like) {
    return Tensors.toDevice(Tensors.ofFloats(pixels, images, channels, size, size), like.device());
  }
}
