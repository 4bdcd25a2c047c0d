package dev.sparrow.sweep;

import dev.sparrow.config.Method;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.train.BatchReport;
import dev.sparrow.train.RunPlan;
import dev.sparrow.train.TrainingListener;

/** Follows a run and says how much of its work is done. */
final class WorkMeter implements TrainingListener {

  private final RunWork work;
  private RunCost stage;
  private double doneInEarlierStages;
  private double laterStages;
  private int epoch;
  private boolean moved;
  private double start;
  private double position;

  WorkMeter(RunWork work) {
    this.work = work;
    this.stage = work.training();
    this.laterStages = work.total() - stage.total();
  }

  /** What this process has done. */
  double done() {
    return doneInEarlierStages + position - start;
  }

  /** What is left of the run. What a stage did not need because it ended early is not left. */
  double left() {
    return laterStages + stage.total() - position;
  }

  @Override
  public void runStarted(RunPlan plan) {
    startStage(plan.config().method(), plan.startEpoch());
  }

  /** A stage begins with an epoch; the search for a ticket is a training of its own method. */
  void startStage(Method method, int startEpoch) {
    doneInEarlierStages = done();
    boolean searching = method == Method.EARLY_BIRD && work.search().isPresent();
    stage = searching ? work.search().get() : work.training();
    laterStages = searching ? work.training().total() : 0;
    epoch = startEpoch;
    start = stage.afterEpochs(epoch);
    position = start;
    moved = false;
  }

  @Override
  public void batchFinished(BatchReport report) {
    double batch = stage.training() / report.batches();
    double before = stage.afterEpochs(report.epoch());
    if (!moved) { // a resumed run may start within an epoch
      start = before + (report.batch() - 1) * batch;
    }
    moveTo(before + report.batch() * batch);
  }

  @Override
  public void evaluating(String what, int done, int total) {
    double part = (double) done / total;
    double trained = stage.afterEpochs(epoch) + stage.training();
    switch (what) {
      case "validation" -> moveTo(trained + part * stage.validation());
      case "test" -> moveTo(Math.min(trained + stage.validation() + part * stage.test(), stage.afterEpochs(epoch + 1)));
      default -> moveTo(stage.afterEpochs(stage.epochs()) + part * stage.last());
    }
  }

  @Override
  public void epochFinished(EpochRecord record) {
    epoch = record.epoch() + 1;
    moveTo(stage.afterEpochs(epoch));
  }

  private void moveTo(double to) {
    moved = true;
    position = Math.max(position, to);
  }
}
