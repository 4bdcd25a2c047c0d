package dev.sparrow.sweep;

import dev.sparrow.train.TrainingListener;

/** Hears what a sweep does, on the sweep's thread. Every method does nothing unless overridden. */
public interface SweepListener {

  /** Listens to nothing. */
  SweepListener SILENT = new SweepListener() {};

  /**
   * The sweep folder is taken; the first run is next.
   *
   * @param plan what is about to happen
   * @param estimate answers at any time until the end how long it will take
   */
  default void sweepStarted(SweepPlan plan, SweepEstimate estimate) {}

  /**
   * A run begins.
   *
   * @param number its place in the plan, from 1
   * @param run the run
   * @return hears what the run does
   */
  default TrainingListener runStarting(int number, PlannedRun run) {
    return TrainingListener.SILENT;
  }

  /**
   * A run ended, or had nothing to do.
   *
   * @param number its place in the plan, from 1
   * @param outcome how it ended
   */
  default void runEnded(int number, RunOutcome outcome) {}
}
