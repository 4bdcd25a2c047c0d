package dev.sparrow.train;

import dev.sparrow.checkpoint.TicketManifest;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.sparse.MaskSettling;
import dev.sparrow.sparse.TopologyUpdate;
import java.nio.file.Path;
import org.apiguardian.api.API;

/** Hears what a run does, on the run's thread. Every method does nothing unless overridden. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface TrainingListener {

  /** Listens to nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * A stage of Robust Bird begins; the events until the next stage, or the end, are its own. A run of one stage has no such event.
   *
   * @param stage which one
   * @param folder the run folder of the stage
   */
  default void stageStarted(Stage stage, Path folder) {}

  /**
   * The mask of an early-bird training was compared with those of the epochs before; just before the event of its epoch.
   *
   * @param settling the distances so far, and whether the ticket has emerged
   */
  default void masksCompared(MaskSettling settling) {}

  /**
   * The ticket is drawn and saved.
   *
   * @param ticket what it is, and how it was found
   */
  default void ticketDrawn(TicketManifest ticket) {}

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
