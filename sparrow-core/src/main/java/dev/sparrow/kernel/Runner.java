package dev.sparrow.kernel;

import java.util.List;

/** Runs the steps of a program with all workers. */
final class Runner {

  private final Workers workers;
  private final StageTimes.Clock clock;

  Runner(Workers workers) {
    this.workers = workers;
    this.clock = new StageTimes.Clock(workers.count());
  }

  /** Where the time went so far. */
  StageTimes times() {
    return clock.read();
  }

  /**
   * Memory for how many groups a frame needs: for one per worker where groups run through the network on their own and leave nothing
   * behind, for all of them otherwise.
   */
  int places(Mode mode, int groups) {
    return mode.isCoupled() || mode.isRecorded() ? groups : Math.min(groups, workers.count());
  }

  /**
   * Runs steps on a batch. Without coupling and with enough groups for all workers, every group goes through all steps by itself; otherwise
   * one step follows the other, each divided among the workers.
   */
  void run(List<? extends Step> steps, Frame frame) {
    long begin = System.nanoTime();
    if (!frame.program().mode().isCoupled() && frame.groups() >= workers.count()) {
      workers.parallel(frame.groups(), (index, worker) -> {
        Group group = frame.hasAllGroups() ? frame.group(index) : frame.place(worker, index);
        steps.forEach(step -> run(step, frame, group, worker));
      });
    } else {
      steps.forEach(step -> run(step, frame));
    }
    clock.addWall(begin);
  }

  private void run(Step step, Frame frame, Group group, int worker) {
    long begin = System.nanoTime();
    step.run(frame, group, worker);
    clock.add(worker, step.kind(), begin);
  }

  private void run(Step step, Frame frame) {
    workers.parallel(step.tasks(frame), (task, worker) -> {
      long begin = System.nanoTime();
      step.run(frame, task, worker);
      clock.add(worker, step.kind(), begin);
    });
    long begin = System.nanoTime();
    step.conclude(frame);
    clock.add(0, Step.Kind.CONCLUSION, begin);
  }
}
