package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/**
 * Fetches input rows from memory ahead of the taps. These come in random order, and each would wait for the main memory by itself; a loop
 * over the lines of several channels side by side keeps as many requests under way as the processor can.
 */
final class VectorFetch {

  /** Words of a cache line. */
  private static final int LINE = 16;

  /** Channels side by side. */
  private static final int STREAMS = 8;

  private VectorFetch() {}

  /**
   * Reads a word of every cache line of the input rows that a row of the grid meets.
   *
   * @param taps of the convolution
   * @param in words of {@code taps.input}
   * @param row of the grid
   * @param isFirst whether the rows that it has in common with the row before it are to be read as well
   * @return something that depends on every line, lest the compiler leave them out
   */
  static float rows(Taps taps, float[] in, int row, boolean isFirst) {
    int[] ahead = taps.phases.get(0).rowShift;
    int[] behind = taps.phases.get(taps.phases.size() - 1).rowShift;
    int last = Math.min(taps.input.height() - 1, row * taps.step + behind[behind.length - 1]);
    int first = isFirst ? Math.max(0, row * taps.step + ahead[0]) : last - taps.step + 1;
    float sum = 0;
    for (int channel = 0; channel < taps.input.channels(); channel += STREAMS) {
      int channels = Math.min(STREAMS, taps.input.channels() - channel);
      sum += lines(taps.input, in, channel, channels, first, last);
    }
    return sum;
  }

  private static float lines(Plane plane, float[] in, int channel, int channels, int firstRow, int lastRow) {
    int pitch = plane.channelCells() * LANES;
    int end = plane.at(channel, lastRow, plane.width(), LANES);
    float sum = 0;
    for (int line = plane.at(channel, firstRow, 0, LANES); line < end; line += LINE) {
      for (int at = line; at < line + channels * pitch; at += pitch) {
        sum += in[at];
      }
    }
    return sum;
  }
}
