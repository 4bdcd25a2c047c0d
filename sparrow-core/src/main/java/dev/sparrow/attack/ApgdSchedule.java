package dev.sparrow.attack;

import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * When APGD looks back: first after 22 % of its iterations, then at intervals that are 3 % shorter each time, down to 6 %. Of 100
 * iterations after 22, 41, 57, 70, 80, 87, 93 and 99.
 *
 * @param iterations of an attempt
 */
record ApgdSchedule(int iterations) {

  private static final double FIRST = 0.22;
  private static final double SHORTEST = 0.06;
  private static final double SHORTER_BY = 0.03;

  /**
   * The intervals by the iteration that they end at.
   *
   * @return for 0 to {@link #iterations()} iterations: the length of the interval that ends there, or 0 where none does
   */
  long[] intervals() {
    long[] intervals = new long[iterations + 1];
    int interval = part(FIRST);
    for (int end = interval; end <= iterations; end += interval) {
      intervals[end] = interval;
      interval = Math.max(interval - part(SHORTER_BY), part(SHORTEST));
    }
    return intervals;
  }

  /**
   * The interval that ends now.
   *
   * @param iteration [N] int64, the iterations that each row has made
   * @return [N] int64, 0 where no interval ends; owned by the caller's scope
   */
  Tensor endingAt(Tensor iteration) {
    long[] intervals = intervals();
    return Tensors.toDevice(Tensors.ofLongs(intervals, intervals.length), iteration.device()).index_select(0, iteration);
  }

  private int part(double fraction) {
    return Math.max((int) (fraction * iterations), 1);
  }
}
