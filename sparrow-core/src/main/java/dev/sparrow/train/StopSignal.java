package dev.sparrow.train;

import org.apiguardian.api.API;

/** A request to stop, from another thread: a signal handler, a shutdown hook, a user interface. The run saves itself at the next batch. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class StopSignal {

  private volatile boolean requested;

  /** Asks the run to save itself and stop. */
  public void request() {
    requested = true;
  }

  /**
   * Whether a stop was asked for.
   *
   * @return true after {@link #request()}
   */
  public boolean isRequested() {
    return requested;
  }

  /** Leaves the computation that was interrupted. */
  void check() {
    if (requested) {
      throw new TrainingInterrupted();
    }
  }
}
