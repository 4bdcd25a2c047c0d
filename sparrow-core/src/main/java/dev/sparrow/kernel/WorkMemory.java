package dev.sparrow.kernel;

/** Memory that every worker has for the task at hand. */
final class WorkMemory {

  private final Moments moments;
  private final float[][] scratch;
  private final float[][] sums;

  WorkMemory(int lanes, int workers) {
    moments = new Moments(lanes, workers);
    scratch = new float[workers][0];
    sums = new float[workers][0];
  }

  /** Sums over the batch. */
  Moments moments() {
    return moments;
  }

  void reserveScratch(int length) {
    reserve(scratch, length);
  }

  /** For sums of products, one vector per tap. */
  void reserveSums(int length) {
    reserve(sums, length);
  }

  float[] scratch(int worker) {
    return scratch[worker];
  }

  float[] sums(int worker) {
    return sums[worker];
  }

  private static void reserve(float[][] arrays, int length) {
    for (int worker = 0; worker < arrays.length; worker++) {
      if (arrays[worker].length < length) {
        arrays[worker] = new float[length];
      }
    }
  }
}
