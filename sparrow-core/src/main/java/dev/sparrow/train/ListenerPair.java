package dev.sparrow.train;

import dev.sparrow.checkpoint.TicketManifest;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.sparse.MaskSettling;
import dev.sparrow.sparse.TopologyUpdate;
import java.nio.file.Path;

/**
 * Two listeners in the place of one.
 *
 * @param first hears everything first
 * @param second hears it then
 */
record ListenerPair(TrainingListener first, TrainingListener second) implements TrainingListener {

  @Override
  public void stageStarted(Stage stage, Path folder) {
    first.stageStarted(stage, folder);
    second.stageStarted(stage, folder);
  }

  @Override
  public void masksCompared(MaskSettling settling) {
    first.masksCompared(settling);
    second.masksCompared(settling);
  }

  @Override
  public void ticketDrawn(TicketManifest ticket) {
    first.ticketDrawn(ticket);
    second.ticketDrawn(ticket);
  }

  @Override
  public void runStarted(RunPlan plan) {
    first.runStarted(plan);
    second.runStarted(plan);
  }

  @Override
  public void batchFinished(BatchReport report) {
    first.batchFinished(report);
    second.batchFinished(report);
  }

  @Override
  public void topologyUpdated(TopologyUpdate update) {
    first.topologyUpdated(update);
    second.topologyUpdated(update);
  }

  @Override
  public void evaluating(String what, int done, int total) {
    first.evaluating(what, done, total);
    second.evaluating(what, done, total);
  }

  @Override
  public void epochFinished(EpochRecord epoch) {
    first.epochFinished(epoch);
    second.epochFinished(epoch);
  }

  @Override
  public void runFinished(ResultRecord result) {
    first.runFinished(result);
    second.runFinished(result);
  }
}
