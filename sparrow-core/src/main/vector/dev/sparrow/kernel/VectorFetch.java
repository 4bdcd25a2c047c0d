package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/**
 * Fetches words from memory ahead of their use. Taps come in random order, and the rows of the output's channels lie far from each other,
 * so that each access would wait for the main memory by itself; a loop over the lines of several channels side by side keeps as many
 * requests under way as the processor can.
 *
 * <p>Methods return something that depends on every line they read, lest the compiler leave them out.
 */
final class VectorFetch {

  /** Channels side by side. */
  static final int CHANNELS = 8;

  /** Words of a cache line. */
  private static final int LINE = 16;

  private VectorFetch() {}

  /**
   * Fetches the input rows that a row of the grid meets.
   *
   * @param taps of the convolution
   * @param in words of {@code taps.input}
   * @param row of the grid
   * @param isFirst whether those that the row before it meets are to be fetched as well
   */
  static float input(Taps taps, float[] in, int row, boolean isFirst) {
    int[] ahead = taps.phases.get(0).rowShift;
    int[] behind = taps.phases.get(taps.phases.size() - 1).rowShift;
    int last = Math.min(taps.input.height() - 1, row * taps.step + behind[behind.length - 1]);
    int first = isFirst ? Math.max(0, row * taps.step + ahead[0]) : last - taps.step + 1;
    float sum = 0;
    for (int channel = 0; channel < taps.input.channels(); channel += CHANNELS) {
      sum += rows(taps.input, in, channel, Math.min(channel + CHANNELS, taps.input.channels()), first, last);
    }
    return sum;
  }

  /** Fetches what finishing some rows will read and write. */
  static float output(Plane plane, Finish finish, int fromChannel, int toChannel, int firstRow, int lastRow) {
    float sum = 0;
    if (finish instanceof Finish.Forward forward) {
      sum += rows(plane, forward.residual(), fromChannel, toChannel, firstRow, lastRow);
      sum += rows(plane, forward.value(), fromChannel, toChannel, firstRow, lastRow);
      sum += rows(plane, forward.activation(), fromChannel, toChannel, firstRow, lastRow);
    } else if (finish instanceof Finish.Backward backward) {
      sum += rows(plane, backward.partial(), fromChannel, toChannel, firstRow, lastRow);
      sum += rows(plane, backward.activation(), fromChannel, toChannel, firstRow, lastRow);
      sum += rows(plane, backward.value(), fromChannel, toChannel, firstRow, lastRow);
      sum += rows(plane, backward.other(), fromChannel, toChannel, firstRow, lastRow);
      sum += rows(plane, backward.gradient(), fromChannel, toChannel, firstRow, lastRow);
    }
    return sum;
  }

  private static float rows(Plane plane, float[] words, int fromChannel, int toChannel, int firstRow, int lastRow) {
    if (words.length == 0) {
      return 0;
    }
    int pitch = plane.channelCells() * LANES;
    int channels = (toChannel - fromChannel) * pitch;
    int end = plane.at(fromChannel, lastRow, plane.width(), LANES);
    float sum = 0;
    for (int line = plane.at(fromChannel, firstRow, 0, LANES); line < end; line += LINE) {
      for (int at = line; at < line + channels; at += pitch) {
        sum += words[at];
      }
    }
    return sum;
  }
}
