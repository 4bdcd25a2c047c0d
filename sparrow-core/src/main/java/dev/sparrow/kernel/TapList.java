package dev.sparrow.kernel;

/**
 * The taps of one phase of a convolution: for output cell (i, j) of channel k of the phase's grid, the sum over the taps p of k of {@code
 * weight[p] * input[base + offset[p]]}, where base is the input cell (i * step, j * step) of channel 0.
 *
 * <p>The taps of channel k are those from {@code first[k * window]} to {@code first[(k + 1) * window]}, sorted by column of the kernel
 * window, then by its row, then by input channel; those at row r and column q begin at {@code first[k * window + q * side + r]}. So
 * neighbours in the list are the taps that reach beyond the left border of a plane, and within them those that reach beyond its top.
 */
final class TapList {

  /** First output row of the phase, and first output column. */
  final int rowPhase;

  final int columnPhase;

  /** Rows and columns of the grid. */
  final int rows;

  final int columns;

  /** Rows of the kernel window, 1 or 3; as many columns. */
  final int side;

  /** Length of the kernel window, 1 or 9. */
  final int window;

  /** From the row of the base to the input row that each row of the window meets, ascending; the same for columns. */
  final int[] rowShift;

  final int[] columnShift;

  final int[] first;

  /** In cells, from the cell (0, 0) of channel 0; may be negative, into the halo. */
  final int[] offset;

  final float[] weight;

  /** Index of each tap's weight in the dense weight [out, in, kernel, kernel]. */
  final int[] source;

  TapList(
      int rowPhase, int columnPhase, int rows, int columns, int[] rowShift, int[] columnShift, int[] first, int[] offset, int[] source) {
    this.rowPhase = rowPhase;
    this.columnPhase = columnPhase;
    this.rows = rows;
    this.columns = columns;
    this.side = rowShift.length;
    this.window = side * side;
    this.rowShift = rowShift;
    this.columnShift = columnShift;
    this.first = first;
    this.offset = offset;
    this.source = source;
    this.weight = new float[source.length];
  }

  int begin(int channel) {
    return first[channel * window];
  }

  int end(int channel) {
    return first[(channel + 1) * window];
  }

  /** Number of taps of some channels. */
  int count(int fromChannel, int toChannel) {
    return begin(toChannel) - begin(fromChannel);
  }

  void load(float[] dense) {
    for (int p = 0; p < source.length; p++) {
      weight[p] = dense[source[p]];
    }
  }
}
