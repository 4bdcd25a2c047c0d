package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables computed by hand. */
final class TapsTest {

  /** One input channel of 4x4, two outputs; rows of the halo make 6 cells. */
  private static final Op.Conv2d NARROW = new Op.Conv2d("narrow", 1, 2, 3, 1, 1, false);

  /** Two input channels of 4x4 (36 cells with halo), one output of 2x2 (16 cells, 4 per row). */
  private static final Op.Conv2d STRIDED = new Op.Conv2d("strided", 2, 1, 3, 2, 1, false);

  @Test
  void forwardTapsAreSortedByOutputThenColumnThenRowOfTheWindow() {
    boolean[] active = active(18, 0, 4, 9 + 5, 9 + 8);
    Taps taps = Taps.forward(NARROW, new Plane(1, 4, 4), new Plane(2, 4, 4), active);
    assertThat(taps.phases).hasSize(1);
    assertThat(taps.step).isOne();
    assertThat(taps.spread).isOne();
    assertThat(taps.count()).isEqualTo(4);
    TapList list = taps.phases.get(0);
    assertList(list, 0, 0, 4, 4);
    assertThat(list.first).containsExactly(0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4);
    assertThat(list.rowShift).containsExactly(-1, 0, 1);
    assertThat(list.columnShift).containsExactly(-1, 0, 1);
    assertThat(list.offset).containsExactly(-7, 0, 1, 7);
    assertThat(list.source).containsExactly(0, 4, 14, 17);
    assertThat(list.begin(1)).isEqualTo(2);
    assertThat(list.end(1)).isEqualTo(4);
  }

  @Test
  void backwardTapsAreThoseOfTheTurnedKernel() {
    boolean[] active = active(18, 0, 4, 9 + 5, 9 + 8);
    TapList list = Taps.backward(NARROW, new Plane(1, 4, 4), new Plane(2, 4, 4), active).phases.get(0);
    assertList(list, 0, 0, 4, 4);
    // The input at (i, j) was multiplied by window position (0, 0) for the output at (i + 1, j + 1), 7 cells on.
    assertThat(list.source).containsExactly(17, 14, 4, 0);
    assertThat(list.offset).containsExactly(36 - 7, 36 - 1, 0, 7);
    assertThat(list.first).containsExactly(0, 1, 2, 2, 2, 3, 3, 3, 3, 4);
  }

  @Test
  void tapsAtTheSameWindowPositionAreSortedByInputChannel() {
    boolean[] active = active(18, 4, 9 + 4, 9 + 2);
    TapList list = Taps.forward(STRIDED, new Plane(2, 4, 4), new Plane(1, 2, 2), active).phases.get(0);
    assertThat(list.source).containsExactly(4, 13, 11);
    assertThat(list.offset).containsExactly(0, 36, 36 - 6 + 1);
    assertList(list, 0, 0, 2, 2);
  }

  @Test
  void strideTwoHasAPhaseForEveryPositionOfAnInputCell() {
    boolean[] all = Taps.all(STRIDED);
    Taps forward = Taps.forward(STRIDED, new Plane(2, 4, 4), new Plane(1, 2, 2), all);
    assertThat(forward.step).isEqualTo(2);
    assertThat(forward.spread).isOne();
    Taps taps = Taps.backward(STRIDED, new Plane(2, 4, 4), new Plane(1, 2, 2), all);
    assertThat(taps.step).isOne();
    assertThat(taps.spread).isEqualTo(2);
    assertThat(taps.input).isEqualTo(new Plane(1, 2, 2));
    assertThat(taps.output).isEqualTo(new Plane(2, 4, 4));
    assertThat(taps.count()).isEqualTo(18);
    assertThat(taps.phases).hasSize(4);
    // Input (2i, 2j) is the middle of the window of output (i, j) alone.
    assertList(taps.phases.get(0), 0, 0, 2, 2);
    assertThat(taps.phases.get(0).source).containsExactly(4, 9 + 4);
    assertThat(taps.phases.get(0).offset).containsExactly(0, 0);
    // Input (2i, 2j + 1) is right of the middle for (i, j) and left of it for (i, j + 1).
    assertList(taps.phases.get(1), 0, 1, 2, 2);
    assertThat(taps.phases.get(1).source).containsExactly(5, 3, 9 + 5, 9 + 3);
    assertThat(taps.phases.get(1).offset).containsExactly(0, 1, 0, 1);
    assertList(taps.phases.get(2), 1, 0, 2, 2);
    assertThat(taps.phases.get(2).source).containsExactly(7, 1, 9 + 7, 9 + 1);
    assertThat(taps.phases.get(2).offset).containsExactly(0, 4, 0, 4);
    assertList(taps.phases.get(3), 1, 1, 2, 2);
    assertThat(taps.phases.get(3).source).containsExactly(8, 2, 6, 0, 9 + 8, 9 + 2, 9 + 6, 9);
    assertThat(taps.phases.get(3).offset).containsExactly(0, 4, 1, 5, 0, 4, 1, 5);
    assertThat(taps.phases.get(3).first).containsExactly(0, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 5, 6, 6, 6, 6, 7, 7, 8);
    // Of the rows 0, 1 and 2 of the turned window, this phase has the first and the last: outputs i and i + 1.
    assertThat(taps.phases.get(3).rowShift).startsWith(0).endsWith(1);
  }

  @Test
  void phasesOfOddPlanesHaveDifferentGrids() {
    Taps taps = Taps.backward(STRIDED, new Plane(2, 5, 5), new Plane(1, 3, 3), Taps.all(STRIDED));
    assertList(taps.phases.get(0), 0, 0, 3, 3);
    assertList(taps.phases.get(1), 0, 1, 3, 2);
    assertList(taps.phases.get(2), 1, 0, 2, 3);
    assertList(taps.phases.get(3), 1, 1, 2, 2);
  }

  @Test
  void aStridedShortcutReachesOnePhaseOnly() {
    Op.Conv2d shortcut = new Op.Conv2d("shortcut", 2, 2, 1, 2, 0, false);
    Taps taps = Taps.backward(shortcut, new Plane(2, 4, 4), new Plane(2, 2, 2), Taps.all(shortcut));
    assertThat(taps.phases.get(0).source).containsExactly(0, 2, 1, 3);
    assertThat(taps.phases.get(0).offset).containsExactly(0, 16, 0, 16);
    for (int phase = 1; phase < 4; phase++) {
      assertThat(taps.phases.get(phase).source).isEmpty();
      assertThat(taps.phases.get(phase).first).containsExactly(0, 0, 0);
    }
  }

  @Test
  void aFullyConnectedLayerIsAConvolutionOfOneCell() {
    Op.Conv2d linear = new Op.Conv2d("linear", 3, 2, 1, 1, 0, true);
    TapList list = Taps.forward(linear, new Plane(3, 1, 1), new Plane(2, 1, 1), active(6, 0, 2, 4)).phases.get(0);
    assertThat(list.source).containsExactly(0, 2, 4);
    assertThat(list.offset).containsExactly(0, 18, 9);
    assertThat(list.first).containsExactly(0, 2, 3);
  }

  @Test
  void weightsAreTakenOverByTheirSource() {
    Taps taps = Taps.backward(NARROW, new Plane(1, 4, 4), new Plane(2, 4, 4), active(18, 0, 4, 14, 17));
    float[] dense = new float[18];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = i;
    }
    taps.load(dense);
    assertThat(taps.phases.get(0).weight).containsExactly(17, 14, 4, 0);
  }

  @ParameterizedTest
  @CsvSource({"5, 2, 5x5 with padding 2", "3, 0, 3x3 with padding 0", "1, 1, 1x1 with padding 1"})
  void refusesOtherKernels(int kernel, int padding, String got) {
    Op.Conv2d conv = new Op.Conv2d("layer1.conv", 1, 1, kernel, 1, padding, false);
    assertThatThrownBy(() -> Taps.forward(conv, new Plane(1, 8, 8), new Plane(1, 8, 8), Taps.all(conv)))
        .isInstanceOf(BadInput.class)
        .hasMessage("kernel: expected 3x3 with padding 1 or 1x1 without, got " + got + " (layer1.conv, sparse engine)");
  }

  private static boolean[] active(int length, int... positions) {
    boolean[] active = new boolean[length];
    for (int position : positions) {
      active[position] = true;
    }
    return active;
  }

  private static void assertList(TapList list, int rowPhase, int columnPhase, int rows, int columns) {
    assertThat(new int[] {list.rowPhase, list.columnPhase, list.rows, list.columns}).containsExactly(rowPhase, columnPhase, rows, columns);
  }
}
