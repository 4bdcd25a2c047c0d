package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Op;
import java.util.Arrays;

/** Sorts the active weights of a convolution into taps. */
final class TapListBuilder {

  private final Op.Conv2d conv;
  private final boolean[] active;
  private final int window;

  /** Lists under construction, as long as the active weights. */
  private int[] first;

  private int[] offset;
  private int[] source;
  private int size;

  TapListBuilder(Op.Conv2d conv, boolean[] active) {
    boolean known = conv.kernel() == 3 && conv.padding() == 1 || conv.kernel() == 1 && conv.padding() == 0;
    if (!known) {
      String got = conv.kernel() + "x" + conv.kernel() + " with padding " + conv.padding();
      throw BadInput.data("kernel", "3x3 with padding 1 or 1x1 without", got, conv.name() + ", sparse engine");
    }
    this.conv = conv;
    this.active = active;
    this.window = conv.kernel() * conv.kernel();
  }

  TapList forward(Plane input, Plane output) {
    begin(conv.out());
    for (int k = 0; k < conv.out(); k++) {
      for (int t = 0; t < window; t++) {
        int shift = (row(t) - conv.padding()) * input.rowCells() + column(t) - conv.padding();
        for (int c = 0; c < conv.in(); c++) {
          addIfActive((k * conv.in() + c) * window + t, c * input.channelCells() + shift);
        }
        first[k * window + t + 1] = size;
      }
    }
    return finish(0, 0, output.height(), output.width());
  }

  /** The phase of the input cells at (row, column) + stride * (i, j). */
  TapList backward(Plane input, Plane output, int rowPhase, int columnPhase) {
    begin(conv.in());
    for (int c = 0; c < conv.in(); c++) {
      for (int u = 0; u < window; u++) {
        int t = window - 1 - u; // a turned kernel's window is run through from its end
        int rows = rowPhase + conv.padding() - row(t);
        int columns = columnPhase + conv.padding() - column(t);
        if (rows % conv.stride() == 0 && columns % conv.stride() == 0) {
          int shift = rows / conv.stride() * output.rowCells() + columns / conv.stride();
          for (int k = 0; k < conv.out(); k++) {
            addIfActive((k * conv.in() + c) * window + t, k * output.channelCells() + shift);
          }
        }
        first[c * window + u + 1] = size;
      }
    }
    return finish(rowPhase, columnPhase, cells(input.height(), rowPhase), cells(input.width(), columnPhase));
  }

  private int cells(int length, int phase) {
    return (length - phase + conv.stride() - 1) / conv.stride();
  }

  private int row(int t) {
    return t / conv.kernel();
  }

  private int column(int t) {
    return t % conv.kernel();
  }

  private void begin(int channels) {
    first = new int[channels * window + 1];
    offset = new int[active.length];
    source = new int[active.length];
    size = 0;
  }

  private void addIfActive(int index, int cells) {
    if (active[index]) {
      offset[size] = cells;
      source[size++] = index;
    }
  }

  private TapList finish(int rowPhase, int columnPhase, int rows, int columns) {
    return new TapList(
        rowPhase, columnPhase, rows, columns, window, first, Arrays.copyOf(offset, size), Arrays.copyOf(source, size));
  }
}
