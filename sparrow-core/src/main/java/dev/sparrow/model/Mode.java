package dev.sparrow.model;

/** How batch normalisation behaves in a forward pass. */
public enum Mode {
  /** Statistics of the batch; running statistics are updated. */
  TRAIN,
  /** Running statistics. */
  EVAL,
  /** Statistics of the batch; running statistics stay as they are. */
  TRAIN_FROZEN
}
