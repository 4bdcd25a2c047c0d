package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Op;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Sorts the active weights of a convolution into taps. */
final class TapListBuilder {

  private final Op.Conv2d conv;
  private final boolean[] active;
  private final int side;
  private final int count;

  /** Lists under construction, long enough for all active weights. */
  private int[] first;

  private int positions;

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
    this.side = conv.kernel();
    int trues = 0;
    for (boolean one : active) {
      trues += one ? 1 : 0;
    }
    this.count = trues;
  }

  TapList forward(Plane input, Plane output) {
    int[] shifts = IntStream.range(0, side).map(i -> i - conv.padding()).toArray();
    begin(conv.out());
    for (int k = 0; k < conv.out(); k++) {
      for (int q = 0; q < side; q++) {
        for (int r = 0; r < side; r++) {
          int shift = shifts[r] * input.rowCells() + shifts[q];
          for (int c = 0; c < conv.in(); c++) {
            addIfActive(index(k, c, r, q), c * input.channelCells() + shift);
          }
          endPosition();
        }
      }
    }
    return finish(0, 0, output.height(), output.width(), shifts, shifts);
  }

  /** The phase of the input cells at (row, column) + stride * (i, j). */
  TapList backward(Plane input, Plane output, int rowPhase, int columnPhase) {
    int[] rowShifts = turnedShifts(rowPhase);
    int[] columnShifts = turnedShifts(columnPhase);
    begin(conv.in());
    for (int c = 0; c < conv.in(); c++) {
      for (int q = 0; q < side; q++) {
        for (int r = 0; r < side; r++) {
          if (isInPhase(r, rowPhase) && isInPhase(q, columnPhase)) {
            int shift = rowShifts[r] * output.rowCells() + columnShifts[q];
            for (int k = 0; k < conv.out(); k++) {
              addIfActive(index(k, c, side - 1 - r, side - 1 - q), k * output.channelCells() + shift);
            }
          }
          endPosition();
        }
      }
    }
    int rows = cells(input.height(), rowPhase);
    return finish(rowPhase, columnPhase, rows, cells(input.width(), columnPhase), rowShifts, columnShifts);
  }

  /** What a turned kernel's rows meet: output row i * stride + u - padding reads input row i through row u, which is the turned row r. */
  private int[] turnedShifts(int phase) {
    return IntStream.range(0, side).map(r -> Math.floorDiv(turned(r, phase), conv.stride())).toArray();
  }

  private boolean isInPhase(int r, int phase) {
    return turned(r, phase) % conv.stride() == 0;
  }

  private int turned(int r, int phase) {
    return phase + conv.padding() - (side - 1 - r);
  }

  private int cells(int length, int phase) {
    return (length - phase + conv.stride() - 1) / conv.stride();
  }

  private int index(int out, int in, int row, int column) {
    return ((out * conv.in() + in) * side + row) * side + column;
  }

  private void begin(int channels) {
    first = new int[channels * side * side + 1];
    positions = 0;
    offset = new int[count];
    source = new int[count];
    size = 0;
  }

  private void addIfActive(int index, int cells) {
    if (active[index]) {
      offset[size] = cells;
      source[size++] = index;
    }
  }

  private void endPosition() {
    first[++positions] = size;
  }

  private TapList finish(int rowPhase, int columnPhase, int rows, int columns, int[] rowShifts, int[] columnShifts) {
    int[] offsets = Arrays.copyOf(offset, size);
    return new TapList(rowPhase, columnPhase, rows, columns, rowShifts, columnShifts, first, offsets, Arrays.copyOf(source, size));
  }
}
