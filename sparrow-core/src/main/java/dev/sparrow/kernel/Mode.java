package dev.sparrow.kernel;

/**
 * What a pass is to do, as far as the order of its steps depends on it.
 *
 * @param batch whether batch norm takes its statistics from the batch
 * @param gradients which gradients it will be asked for
 */
record Mode(boolean batch, Gradients gradients) {

  boolean isRecorded() {
    return gradients != Gradients.NONE;
  }

  /**
   * Whether some step needs the results of all groups. Where none does, a group may run through the whole network on its own, its values
   * never leaving the cache.
   */
  boolean isCoupled() {
    return batch || gradients.ofParameters();
  }

  /** Whether the way back needs the values ahead of batch norms. */
  boolean keepsNormInputs() {
    return batch && isRecorded() || gradients.ofParameters();
  }
}
