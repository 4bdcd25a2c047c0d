package dev.sparrow.model;

import org.apiguardian.api.API;

/** How batch normalisation behaves in a forward pass. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Mode {
  /** Statistics of the batch; running statistics are updated. */
  TRAIN,
  /** Running statistics. */
  EVAL,
  /** Statistics of the batch; running statistics stay as they are. */
  TRAIN_FROZEN
}
