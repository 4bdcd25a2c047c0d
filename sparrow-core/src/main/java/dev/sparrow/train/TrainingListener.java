package dev.sparrow.train;

import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.sparse.TopologyUpdate;

/** Hears what a run does, on the run's thread. Every method does nothing unless overridden. */
public interface TrainingListener {

  /** Listens to nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * The network is built or restored; training begins.
   *
   * @param plan what is about to happen
   */
  default void runStarted(RunPlan plan) {}

  /**
   * An optimizer step was taken.
   *
   * @param report where the run stands
   */
  default void batchFinished(BatchReport report) {}

  /**
   * The masks moved.
   *
   * @param update what changed
   */
  default void topologyUpdated(TopologyUpdate update) {}

  /**
   * An evaluation moved on.
   *
   * @param what {@code validation}, {@code test} or {@code training set}
   * @param done images evaluated so far
   * @param total all of them
   */
  default void evaluating(String what, int done, int total) {}

  /**
   * An epoch ended and was evaluated and saved.
   *
   * @param epoch its numbers
   */
  default void epochFinished(EpochRecord epoch) {}

  /**
   * The run ended and its result is written.
   *
   * @param result the result
   */
  default void runFinished(ResultRecord result) {}

  /**
   * This listener and another one.
   *
   * @param next hears everything after this one
   * @return both
   */
  default TrainingListener then(TrainingListener next) {
    return new ListenerPair(this, next);
  }
}
