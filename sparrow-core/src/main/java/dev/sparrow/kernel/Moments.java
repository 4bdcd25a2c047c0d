package dev.sparrow.kernel;

import java.util.Arrays;

/**
 * Two sums per channel over a whole batch. Every task has a place of its own, and the places are added in order, in float64: the result
 * does not depend on who computed what, or when.
 */
final class Moments {

  private final int lanes;

  /** By worker: float32 sums, one per lane, as the kernels add them up. */
  private final float[][] sums;

  /** By task, then [channel][2]. */
  private double[][] totals = {};

  private int channels;

  Moments(int lanes, int workers) {
    this.lanes = lanes;
    this.sums = new float[workers][];
  }

  /** Makes place for the largest step there is. */
  void reserve(int tasks, int channels) {
    if (tasks > totals.length || channels > this.channels) {
      this.channels = Math.max(channels, this.channels);
      totals = new double[Math.max(tasks, totals.length)][2 * this.channels];
      for (int worker = 0; worker < sums.length; worker++) {
        sums[worker] = new float[2 * this.channels * lanes];
      }
    }
  }

  /** What a worker adds up in, [channels][2][lanes], cleared for the channels of a part. */
  float[] begin(int worker, Part part) {
    Arrays.fill(sums[worker], 2 * lanes * part.fromChannel(), 2 * lanes * part.toChannel(), 0);
    return sums[worker];
  }

  /** Keeps the sums of a task. */
  void end(int worker, int task, Part part) {
    for (int i = 2 * part.fromChannel(); i < 2 * part.toChannel(); i++) {
      double total = 0;
      for (int lane = 0; lane < lanes; lane++) {
        total += sums[worker][i * lanes + lane];
      }
      totals[task][i] = total;
    }
  }

  /**
   * A sum over all tasks.
   *
   * @param parts of every group, in the order of the tasks
   * @param tasks number of tasks
   * @param channel which channel
   * @param which 0 or 1
   */
  double sum(Part[] parts, int tasks, int channel, int which) {
    double sum = 0;
    for (int task = 0; task < tasks; task++) {
      Part part = parts[task % parts.length];
      if (part.fromChannel() <= channel && channel < part.toChannel()) {
        sum += totals[task][2 * channel + which];
      }
    }
    return sum;
  }
}
