package dev.sparrow.arch;

/** Where batch normalisation takes its statistics from, and what becomes of the running ones. */
public enum Statistics {
  /** From the batch; the running ones move towards it. */
  BATCH,
  /** From the batch; the running ones stay. */
  BATCH_ONLY,
  /** The running ones. */
  RUNNING
}
