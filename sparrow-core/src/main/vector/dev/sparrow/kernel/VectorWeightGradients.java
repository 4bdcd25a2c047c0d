package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/**
 * Multiplies inputs with output gradients tile after tile: outside the cells of the output, inside its channels, so that the input cells
 * which a tile's taps read stay in the second-level cache for all channels of the output. Products with the halo are left out, where that
 * leaves a tile that there are loops for.
 */
final class VectorWeightGradients {

  private final VectorProducts products;

  VectorWeightGradients(VectorProducts products) {
    this.products = products;
  }

  /** Adds the products of a part; see {@link Kernels#weightGradients}. */
  void add(Taps taps, float[] in, float[] gradient, Part part, float[] sums) {
    int columns = taps.output.width();
    for (int row = part.fromRow(); row < part.toRow(); row++) {
      for (int column = 0; column < columns; column += products.widest()) {
        tile(taps, in, gradient, part, sums, row, column, Math.min(products.widest(), columns - column));
      }
    }
  }

  private void tile(Taps taps, float[] in, float[] gradient, Part part, float[] sums, int row, int column, int cells) {
    TapList list = taps.phases.get(0);
    int left = 0;
    int right = list.side;
    if (taps.step == 1) {
      left = before(list.columnShift, -column);
      right = before(list.columnShift, taps.input.width() - column - cells + 1);
    }
    window(taps, in, gradient, part, sums, row, column + 1, cells - 1, 0, left);
    window(taps, in, gradient, part, sums, row, column, cells, left, right);
    window(taps, in, gradient, part, sums, row, column, cells - 1, right, list.side);
  }

  /** The taps in some columns of the kernel window, those rows left out that lie beyond the plane. */
  private void window(
      Taps taps, float[] in, float[] gradient, Part part, float[] sums, int row, int column, int cells, int from, int to) {
    TapList list = taps.phases.get(0);
    int side = list.side;
    int y = row * taps.step;
    int top = before(list.rowShift, -y);
    int bottom = before(list.rowShift, taps.input.height() - y);
    if (bottom - top == side) {
      strip(taps, in, gradient, part, sums, row, column, cells, from * side, to * side);
    } else {
      for (int i = from; i < to; i++) {
        strip(taps, in, gradient, part, sums, row, column, cells, i * side + top, i * side + bottom);
      }
    }
  }

  /** The taps at some positions of the kernel window. */
  private void strip(
      Taps taps, float[] in, float[] gradient, Part part, float[] sums, int row, int column, int cells, int from, int to) {
    TapList list = taps.phases.get(0);
    int base = taps.input.at(0, row * taps.step, column * taps.step, LANES);
    int first = list.begin(part.fromChannel());
    for (int cell = 0; from < to && cell < cells; ) {
      int fitting = products.fitting(cells - cell, taps.step);
      for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
        int p = list.first[channel * list.window + from];
        int end = list.first[channel * list.window + to];
        int at = taps.output.at(channel, row, column + cell, LANES);
        products.add(fitting, taps.step, list.offset, p, end, in, base + cell * taps.step * LANES, gradient, at, sums, (p - first) * LANES);
      }
      cell += fitting;
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
}
