package dev.sparrow.kernel;

import java.util.List;

/** Runs the steps of a program with all workers. */
final class Runner {

  private final Workers workers;

  Runner(Workers workers) {
    this.workers = workers;
  }

  /**
   * Memory for how many groups a frame needs: for one per worker where groups run through the network on their own and leave nothing behind,
   * for all of them otherwise.
   */
  int places(Mode mode, int groups) {
    return mode.isCoupled() || mode.isRecorded() ? groups : Math.min(groups, workers.count());
  }

  /**
   * Runs steps on a batch. Without coupling and with enough groups for all workers, every group goes through all steps by itself; otherwise
   * one step follows the other, each divided among the workers.
   */
  void run(List<? extends Step> steps, Frame frame) {
    if (!frame.program().mode().isCoupled() && frame.groups() >= workers.count()) {
      workers.parallel(frame.groups(), (index, worker) -> {
        Group group = frame.hasAllGroups() ? frame.group(index) : frame.place(worker, index);
        steps.forEach(step -> step.run(frame, group, worker));
      });
      return;
    }
    for (Step step : steps) {
      workers.parallel(step.tasks(frame), (task, worker) -> step.run(frame, task, worker));
      step.conclude(frame);
    }
  }
}
