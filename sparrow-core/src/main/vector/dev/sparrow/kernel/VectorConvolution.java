package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/**
 * Convolves strip after strip: as many cells of a row of the grid as keep the input cells that they read, in all channels, in the
 * second-level cache. Inside a strip channel after channel of the output, so that a channel's taps are read once and its cells are finished
 * in one run.
 */
final class VectorConvolution {

  /** Bytes of input cells that a strip may read: a good half of a second-level cache, since taps and output pass through it too. */
  private static final int STRIP_BYTES = 500 << 10;

  private final VectorTiles tiles;
  private final VectorFinish finish;

  VectorConvolution(VectorTiles tiles, VectorFinish finish) {
    this.tiles = tiles;
    this.finish = finish;
  }

  /** Floats of scratch memory for the sums of a strip. */
  int scratch(Taps taps) {
    return taps.output.width() * finish.images();
  }

  /** Convolves a part of the output; see {@link Kernels#convolve}. */
  void convolve(Taps taps, float[] in, Part part, Finish to, float[] sums) {
    int columns = (taps.output.width() + taps.spread - 1) / taps.spread;
    int strip = stripColumns(taps);
    for (int row = part.fromRow(); row < part.toRow(); row++) {
      sums[0] = VectorFetch.input(taps, in, row, row == part.fromRow());
      for (int column = 0; column < columns; column += strip) {
        channels(taps, in, row, column, Math.min(column + strip, columns), part, to, sums);
      }
    }
  }

  private void channels(Taps taps, float[] in, int row, int fromColumn, int toColumn, Part part, Finish to, float[] sums) {
    int firstRow = row * taps.spread;
    int lastRow = Math.min(firstRow + taps.spread, taps.output.height()) - 1;
    for (int first = part.fromChannel(); first < part.toChannel(); first += VectorFetch.CHANNELS) {
      int end = Math.min(first + VectorFetch.CHANNELS, part.toChannel());
      sums[0] = VectorFetch.output(taps.output, to, first, end, firstRow, lastRow);
      for (int channel = first; channel < end; channel++) {
        strip(taps, in, row, fromColumn, toColumn, channel, to, sums);
      }
    }
  }

  private int stripColumns(Taps taps) {
    int bytesPerColumn = taps.input.channels() * taps.phases.get(0).side * taps.step * LANES * Float.BYTES;
    int tile = tiles.widest();
    return Math.max(1, STRIP_BYTES / bytesPerColumn / tile) * tile;
  }

  /** Sums up and finishes the cells of a strip in one channel; with several phases, cells of as many output rows. */
  private void strip(Taps taps, float[] in, int row, int fromColumn, int toColumn, int channel, Finish to, float[] sums) {
    int spread = taps.spread;
    int outColumn = fromColumn * spread;
    int outCells = Math.min(toColumn * spread, taps.output.width()) - outColumn;
    for (int phase = 0; phase < spread && row * spread + phase < taps.output.height(); phase++) {
      for (int columnPhase = 0; columnPhase < spread; columnPhase++) {
        TapList list = taps.phases.get(phase * spread + columnPhase);
        cells(taps, list, in, row, fromColumn, Math.min(toColumn, list.columns), channel, sums);
      }
      finish.cells(to, taps.output, channel, row * spread + phase, outColumn, outCells, sums);
    }
  }

  private void cells(Taps taps, TapList list, float[] in, int row, int fromColumn, int toColumn, int channel, float[] sums) {
    for (int column = fromColumn; column < toColumn; ) {
      int cells = tiles.fitting(toColumn - column, taps.step);
      int at = ((column - fromColumn) * taps.spread + list.columnPhase) * finish.images();
      tile(taps, list, in, row, column, cells, channel, sums, at);
      column += cells;
    }
  }

  private void tile(Taps taps, TapList list, float[] in, int row, int column, int cells, int channel, float[] sums, int to) {
    int side = list.side;
    int y = row * taps.step;
    int x = column * taps.step;
    int top = before(list.rowShift, -y);
    int bottom = before(list.rowShift, taps.input.height() - y);
    int left = before(list.columnShift, -x);
    int right = before(list.columnShift, taps.input.width() - x - (cells - 1) * taps.step);
    int[] first = list.first;
    int k = channel * list.window;
    tiles.sum(
        cells,
        taps.step,
        in,
        taps.input.at(0, y, x, LANES),
        list,
        first[k + from(0, left, side, top)],
        first[k + to(0, left, side, bottom)],
        first[k + from(left, right, side, top)],
        first[k + to(left, right, side, bottom)],
        first[k + from(right, side, side, top)],
        first[k + to(right, side, side, bottom)],
        sums,
        to,
        taps.spread * finish.images());
  }

  /** How many of the ascending shifts are less than a limit. */
  private static int before(int[] shifts, int limit) {
    int count = 0;
    while (count < shifts.length && shifts[count] < limit) {
      count++;
    }
    return count;
  }

  /**
   * First position in the window of the columns from {@code column} to {@code toColumn}: of a single column, only the rows that meet the
   * plane; of several, all rows, since the list has to be run through without a gap.
   */
  private static int from(int column, int toColumn, int side, int top) {
    return toColumn - column == 1 ? column * side + top : column * side;
  }

  /** One past the last position. */
  private static int to(int column, int toColumn, int side, int bottom) {
    return toColumn - column == 1 ? column * side + bottom : toColumn * side;
  }
}
