package dev.sparrow.arch;

import org.apiguardian.api.API;

/** Where batch normalisation takes its statistics from, and what becomes of the running ones. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Statistics {
  /** From the batch; the running ones move towards it. */
  BATCH,
  /** From the batch; the running ones stay. */
  BATCH_ONLY,
  /** The running ones. */
  RUNNING
}
