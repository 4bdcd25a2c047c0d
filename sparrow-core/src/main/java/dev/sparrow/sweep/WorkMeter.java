package dev.sparrow.sweep;

import dev.sparrow.report.EpochRecord;
import dev.sparrow.train.BatchReport;
import dev.sparrow.train.RunPlan;
import dev.sparrow.train.TrainingListener;

/** Follows a run and says how much of its work is done. */
final class WorkMeter implements TrainingListener {

  private final RunCost cost;
  private int epoch;
  private boolean moved;
  private double start;
  private double position;

  WorkMeter(RunCost cost) {
    this.cost = cost;
  }

  /** What this process has done. */
  double done() {
    return position - start;
  }

  /** What is left of the run. */
  double left() {
    return cost.total() - position;
  }

  @Override
  public void runStarted(RunPlan plan) {
    epoch = plan.startEpoch();
    start = cost.afterEpochs(epoch);
    position = start;
  }

  @Override
  public void batchFinished(BatchReport report) {
    double batch = cost.training() / report.batches();
    double before = cost.afterEpochs(report.epoch());
    if (!moved) { // a resumed run may start within an epoch
      start = before + (report.batch() - 1) * batch;
    }
    moveTo(before + report.batch() * batch);
  }

  @Override
  public void evaluating(String what, int done, int total) {
    double part = (double) done / total;
    double trained = cost.afterEpochs(epoch) + cost.training();
    switch (what) {
      case "validation" -> moveTo(trained + part * cost.validation());
      case "test" -> moveTo(Math.min(trained + cost.validation() + part * cost.test(), cost.afterEpochs(epoch + 1)));
      default -> moveTo(cost.afterEpochs(cost.epochs()) + part * cost.last());
    }
  }

  @Override
  public void epochFinished(EpochRecord record) {
    epoch = record.epoch() + 1;
    moveTo(cost.afterEpochs(epoch));
  }

  private void moveTo(double to) {
    moved = true;
    position = Math.max(position, to);
  }
}
