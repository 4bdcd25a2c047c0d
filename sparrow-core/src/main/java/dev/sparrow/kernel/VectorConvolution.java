package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/**
 * Convolves tile after tile: outside the cells of the output, inside its channels, so that the input cells which a tile reads (three rows
 * of up to ten cells of all channels) stay in the second-level cache for all channels of the output.
 */
final class VectorConvolution {

  private final VectorTiles tiles;
  private final VectorFinish finish;

  VectorConvolution(VectorTiles tiles, VectorFinish finish) {
    this.tiles = tiles;
    this.finish = finish;
  }

  /** Convolves a part of the output; see {@link Kernels#convolve}. */
  void convolve(Taps taps, float[] in, Part part, Finish to, float[] sums) {
    int columns = (taps.output.width() + taps.spread - 1) / taps.spread;
    for (int row = part.fromRow(); row < part.toRow(); row++) {
      for (int column = 0; column < columns; column += tiles.widest()) {
        for (int phase = 0; phase < taps.phases.size(); phase++) { // all phases of a tile read the same cells
          TapList list = taps.phases.get(phase);
          if (row < list.rows) {
            strip(taps, list, in, row, column, Math.min(column + tiles.widest(), list.columns), part, to, sums);
          }
        }
      }
    }
  }

  private void strip(Taps taps, TapList list, float[] in, int row, int fromColumn, int toColumn, Part part, Finish to, float[] sums) {
    for (int column = fromColumn; column < toColumn; ) {
      int cells = tiles.fitting(toColumn - column, taps.step);
      tile(taps, list, in, row, column, cells, part, to, sums);
      column += cells;
    }
  }

  private void tile(Taps taps, TapList list, float[] in, int row, int column, int cells, Part part, Finish to, float[] sums) {
    int side = list.side;
    int y = row * taps.step;
    int x = column * taps.step;
    int top = before(list.rowShift, -y);
    int bottom = before(list.rowShift, taps.input.height() - y);
    int left = before(list.columnShift, -x);
    int right = before(list.columnShift, taps.input.width() - x - (cells - 1) * taps.step);
    int a = cells == 1 ? left * side : from(0, left, side, top);
    int b = cells == 1 ? left * side : to(0, left, side, bottom);
    int c = from(left, right, side, top);
    int d = to(left, right, side, bottom);
    int e = from(right, side, side, top);
    int f = to(right, side, side, bottom);
    int base = taps.input.at(0, y, x, LANES);
    int outRow = list.rowPhase + row * taps.spread;
    int outColumn = list.columnPhase + column * taps.spread;
    int[] first = list.first;
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      int k = channel * list.window;
      tiles.sum(
          cells, taps.step, in, base, list, first[k + a], first[k + b], first[k + c], first[k + d], first[k + e], first[k + f], sums);
      finish.cells(to, taps.output, channel, outRow, outColumn, taps.spread, cells, sums);
    }
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
