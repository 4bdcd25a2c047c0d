package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MomentsTest {

  /** Two groups of two parts that share rows; one channel each, so that only tasks of the channel's part count. */
  @Test
  void addsUpLanesAndTasks() {
    Part[] parts = {new Part(0, 4, 0, 1), new Part(0, 4, 1, 2)};
    Moments moments = new Moments(2, 1);
    moments.reserve(4, 2);
    for (int task = 0; task < 4; task++) {
      Part part = parts[task % 2];
      float[] sums = moments.begin(0, part);
      int at = part.fromChannel() * 4;
      for (int i = 0; i < 4; i++) {
        assertThat(sums[at + i]).isZero();
      }
      sums[at] = 1 + task;
      sums[at + 1] = 10;
      sums[at + 2] = 100;
      sums[at + 3] = 1000 * task;
      moments.end(0, task, part);
    }
    assertThat(moments.sum(parts, 4, 0, 0)).isEqualTo(1 + 10 + 3 + 10);
    assertThat(moments.sum(parts, 4, 1, 0)).isEqualTo(2 + 10 + 4 + 10);
    assertThat(moments.sum(parts, 4, 0, 1)).isEqualTo(100 + 100 + 2000);
    assertThat(moments.sum(parts, 4, 1, 1)).isEqualTo(100 + 1000 + 100 + 3000);
  }
}
