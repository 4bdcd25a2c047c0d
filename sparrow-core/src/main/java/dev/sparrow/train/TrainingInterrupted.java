package dev.sparrow.train;

import org.apiguardian.api.API;

/** A run stopped on request. Its state is saved and it can be resumed. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class TrainingInterrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingInterrupted() {
    super("training interrupted, state saved");
  }
}
