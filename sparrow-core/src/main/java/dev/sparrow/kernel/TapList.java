package dev.sparrow.kernel;

/**
 * The taps of one phase of a convolution: for output cell (i, j) of channel k of the phase's grid, the sum over the taps p of k of {@code
 * weight[p] * input[base + offset[p]]}, where base is the input cell (i * step, j * step) of channel 0.
 *
 * <p>The taps of channel k are those from {@code first[k * tapsPerKernel]} to {@code first[(k + 1) * tapsPerKernel]}, sorted by their
 * position in the kernel window, then by input channel; those at window position t begin at {@code first[k * tapsPerKernel + t]}.
 */
final class TapList {

  /** First output row of the phase, and step from one of its rows to the next in the output plane. */
  final int rowPhase;

  final int columnPhase;

  /** Rows and columns of the grid. */
  final int rows;

  final int columns;

  /** Length of the kernel window, 1 or 9. */
  final int window;

  final int[] first;

  /** In cells, from the cell (0, 0) of channel 0; may be negative, into the halo. */
  final int[] offset;

  final float[] weight;

  /** Index of each tap's weight in the dense weight [out, in, kernel, kernel]. */
  final int[] source;

  TapList(int rowPhase, int columnPhase, int rows, int columns, int window, int[] first, int[] offset, int[] source) {
    this.rowPhase = rowPhase;
    this.columnPhase = columnPhase;
    this.rows = rows;
    this.columns = columns;
    this.window = window;
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

  void load(float[] dense) {
    for (int p = 0; p < source.length; p++) {
      weight[p] = dense[source[p]];
    }
  }
}
