package dev.sparrow.data.corruption;

import dev.sparrow.BadInput;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A square colour image with values in [0, 1], immutable. */
public final class Picture {

  private static final int CHANNELS = 3;
  private static final double LEVELS = 255;

  /** The largest error of a whole level in single precision, in levels; far below one. */
  private static final double ROUNDING = 1e-3;

  private final List<Field> channels;

  private Picture(List<Field> channels) {
    this.channels = channels;
  }

  /**
   * A copy of an image out of an array of images.
   *
   * @param pixels holds [3, size, size] numbers in [0, 1], row-major
   * @param offset of the first of them
   * @param size height and width, at least 1
   * @return the image
   * @throws BadInput if the array is too short
   */
  public static Picture of(float[] pixels, int offset, int size) {
    int plane = size * size;
    if (size < 1 || offset < 0 || pixels.length - offset < CHANNELS * plane) {
      throw BadInput.data("image", CHANNELS + "x" + size + "x" + size + " numbers", pixels.length - offset, "corruption");
    }
    return of(channel -> Field.copyOf(pixels, offset + channel * plane, size));
  }

  /** A channel from its number. */
  interface Channel {
    Field of(int channel);
  }

  static Picture of(Channel rule) {
    return new Picture(IntStream.range(0, CHANNELS).mapToObj(rule::of).toList());
  }

  /** Height and width in pixels. */
  int size() {
    return channels.get(0).size();
  }

  /** Red, green or blue. */
  Field channel(int number) {
    return channels.get(number);
  }

  /** The same done to each channel. */
  Picture each(UnaryOperator<Field> change) {
    return of(number -> change.apply(channel(number)));
  }

  /** The same done to each number. */
  Picture map(DoubleUnaryOperator change) {
    return each(field -> field.map(change));
  }

  /** What lies below 0 becomes 0, what lies above 1 becomes 1. */
  Picture clipped() {
    return map(value -> Math.max(0, Math.min(1, value)));
  }

  /** The strongest colour of each pixel. */
  Field strongest() {
    return Field.of(size(), (y, x) -> Math.max(Math.max(channel(0).at(y, x), channel(1).at(y, x)), channel(2).at(y, x)));
  }

  /** The luma of each pixel by ITU-R BT.601. */
  Field grey() {
    return Field.of(size(), (y, x) -> 0.299 * channel(0).at(y, x) + 0.587 * channel(1).at(y, x) + 0.114 * channel(2).at(y, x));
  }

  /** With values in steps of 1/255, rounded down, as images of bytes store them. */
  Picture inBytes() {
    return map(value -> Math.floor(value * LEVELS + ROUNDING) / LEVELS);
  }

  /**
   * A copy of the values.
   *
   * @return [3, size, size], row-major
   */
  public float[] pixels() {
    float[] pixels = new float[CHANNELS * size() * size()];
    copyTo(pixels, 0);
    return pixels;
  }

  /** Writes the values into an array of images. */
  void copyTo(float[] pixels, int offset) {
    for (int number = 0; number < CHANNELS; number++) {
      channel(number).copyTo(pixels, offset + number * size() * size());
    }
  }
}
