package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void dividesByRowsFirst() {
    assertThat(Split.of(32, 2, 64, 8)).containsExactly(new Part(0, 16, 0, 64), new Part(16, 32, 0, 64));
    assertThat(Split.of(8, 4, 64, 4)).containsExactly(
        new Part(0, 4, 0, 32), new Part(0, 4, 32, 64), new Part(4, 8, 0, 32), new Part(4, 8, 32, 64));
    assertThat(Split.of(6, 4, 3, 8)).containsExactly(new Part(0, 4, 0, 3), new Part(4, 6, 0, 3));
  }

  @Test
  void leavesEnoughToDoForEightThreads() {
    assertThat(Split.of(4, 4, 512, 1)).hasSize(16); // the last layers of a batch of one group
    assertThat(Split.of(4, 4, 512, 16)).hasSize(1);
    assertThat(Split.of(1, 1, 10, 1)).hasSize(1); // too little to divide
  }

  @Test
  void coversEverythingOnce() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      int rows = 1 + random.nextInt(40);
      int channels = 1 + random.nextInt(70);
      int tileRows = 1 + random.nextInt(5);
      int[][] covered = new int[rows][channels];
      for (Part part : Split.of(rows, tileRows, channels, 1 + random.nextInt(9))) {
        assertThat(part.fromRow() % tileRows).isZero();
        for (int row = part.fromRow(); row < part.toRow(); row++) {
          for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
            covered[row][channel]++;
          }
        }
      }
      for (int[] row : covered) {
        assertThat(row).containsOnly(1);
      }
    }
  }
}
