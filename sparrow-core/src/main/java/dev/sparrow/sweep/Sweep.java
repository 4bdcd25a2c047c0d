package dev.sparrow.sweep;

import dev.sparrow.io.Json;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.RunLock;
import dev.sparrow.report.SweepFolder;
import dev.sparrow.sweep.RunOutcome.Ending;
import dev.sparrow.train.StopSignal;
import dev.sparrow.train.TrainingDiverged;
import dev.sparrow.train.TrainingInterrupted;
import dev.sparrow.train.TrainingListener;
import dev.sparrow.train.TrainingRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan, one run after another:
 *
 * <pre>
 * for run:  skip it if it is finished or another process has it, continue it if it was started, else start it
 *           a run that diverges or fails is noted, and the next one begins
 * </pre>
 *
 * <p>Several processes may run the same sweep side by side: the lock of a run folder decides whose run it is, that of the sweep folder is
 * held only while the plan is made.
 *
 * <p>Everything that must survive an interruption is in the run folders, so the same call continues a sweep, and its results are those of an
 * uninterrupted one.
 */
public final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** For another process to make its plan, which includes opening its data sets. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SweepPlan plan;
  private final SweepEstimate estimate;
  private final SweepListener listener;
  private final StopSignal stop;

  private Sweep(SweepPlan plan, SweepEstimate estimate, SweepListener listener, StopSignal stop) {
    this.plan = plan;
    this.estimate = estimate;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Runs a sweep from where it stands to its end.
   *
   * @param file the sweep file, JSON or YAML
   * @param names what its settings may be called besides their keys
   * @param root the sweep folder: new, or one of an earlier version of this sweep
   * @param listener hears what happens
   * @param stop asks the sweep to save itself and stop
   * @return how every run ended
   * @throws dev.sparrow.BadInput before the first run, if the file, a data set or the folder is not usable
   */
  public static SweepOutcome execute(Path file, SettingNames names, Path root, SweepListener listener, StopSignal stop) {
    SweepPlan.read(file, names, root); // a wrong file leaves no trace
    SweepFolder folder = SweepFolder.create(root);
    Sweep sweep;
    try (RunLock lock = folder.lock(PATIENCE)) {
      SweepPlan plan = SweepPlan.read(file, names, root); // again: another process may have changed it until the lock was free
      SweepEstimate estimate = SweepEstimate.of(plan, System::nanoTime);
      folder.store(plan.index());
      sweep = new Sweep(plan, estimate, listener, stop);
    }
    return sweep.execute();
  }

  private SweepOutcome execute() {
    listener.sweepStarted(plan, estimate);
    List<RunOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < plan.runs().size(); i++) {
      if (stop.isRequested()) {
        return new SweepOutcome(outcomes, true);
      }
      try {
        outcomes.add(execute(i + 1, plan.runs().get(i)));
      } catch (TrainingInterrupted e) {
        return new SweepOutcome(outcomes, true);
      }
      listener.runEnded(i + 1, outcomes.get(i));
    }
    return new SweepOutcome(outcomes.stream().map(this::now).toList(), false);
  }

  /** What was left to another process may be finished by now. */
  private RunOutcome now(RunOutcome outcome) {
    RunFolder folder = plan.folder(outcome.run());
    return outcome.ending() == Ending.ELSEWHERE && folder.isFinished()
        ? RunOutcome.of(outcome.run(), Ending.ELSEWHERE, Json.read(folder.result(), ResultRecord.class))
        : outcome;
  }

  private RunOutcome execute(int number, PlannedRun run) {
    RunFolder folder = plan.folder(run);
    try {
      if (plan.state(run) == RunState.FINISHED) {
        estimate.elsewhere(run);
        return RunOutcome.of(run, Ending.SKIPPED, Json.read(folder.result(), ResultRecord.class));
      }
      TrainingListener both = estimate.begin(run).then(listener.runStarting(number, run));
      return TrainingRun.executeUnlessTaken(run.config(), folder.root(), both, stop)
          .map(result -> RunOutcome.of(run, Ending.FINISHED, result))
          .orElseGet(() -> RunOutcome.elsewhere(run));
    } catch (TrainingInterrupted e) {
      throw e;
    } catch (TrainingDiverged e) {
      return RunOutcome.of(run, Ending.DIVERGED, e);
    } catch (RuntimeException e) {
      LOG.info("{} failed", run.title(), e);
      return RunOutcome.of(run, Ending.FAILED, e);
    } finally {
      estimate.end();
    }
  }
}
