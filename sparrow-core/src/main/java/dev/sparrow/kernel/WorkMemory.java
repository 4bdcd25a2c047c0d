package dev.sparrow.kernel;

/** Memory that every worker, or every task, has for the step at hand. */
final class WorkMemory {

  private final Moments moments;
  private final float[][] scratch;
  private final float[][] sums;

  WorkMemory(int lanes, int workers) {
    moments = new Moments(lanes, workers);
    scratch = new float[workers][0];
    sums = new float[Math.max(workers, 2 * WeightGradientStep.TASKS)][0];
  }

  /** Sums over the batch. */
  Moments moments() {
    return moments;
  }

  void reserveScratch(int length) {
    reserve(scratch, length);
  }

  float[] scratch(int worker) {
    return scratch[worker];
  }

  /**
   * For sums of products, one vector per tap.
   *
   * @param place number of a worker, or of a task where its sums are wanted later
   * @param length the least length
   */
  float[] sums(int place, int length) {
    if (sums[place].length < length) {
      sums[place] = new float[length];
    }
    return sums[place];
  }

  private static void reserve(float[][] arrays, int length) {
    for (int worker = 0; worker < arrays.length; worker++) {
      if (arrays[worker].length < length) {
        arrays[worker] = new float[length];
      }
    }
  }
}
