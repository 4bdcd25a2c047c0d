package dev.sparrow.sweep;

import dev.sparrow.config.DataConfig;
import dev.sparrow.io.Json;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.train.TrainingListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How long a sweep will still take: the work that is left, at the mean speed of the work that was measured, which is that of the finished
 * runs (by the seconds in their results) and what this process did since. Nobody knows before the first batch of a sweep.
 *
 * <p>It may be asked by other threads than the one that runs the sweep.
 */
public final class SweepEstimate {

  private final Map<PlannedRun, RunWork> works;
  private final LongSupplier nanoTime;
  private final Set<PlannedRun> later;
  private double measuredWork;
  private double measuredSeconds;
  private Optional<Running> running = Optional.empty();

  /** The run that is on. */
  private record Running(WorkMeter meter, long startNanos) {}

  SweepEstimate(Map<PlannedRun, RunWork> works, LongSupplier nanoTime) {
    this.works = Map.copyOf(works);
    this.nanoTime = nanoTime;
    this.later = new HashSet<>(works.keySet());
  }

  /**
   * An estimate before anything is run.
   *
   * @param plan the sweep
   * @param nanoTime the clock
   * @return knows the speed if some runs are finished
   * @throws dev.sparrow.BadInput if a data set is not usable
   */
  public static SweepEstimate of(SweepPlan plan, LongSupplier nanoTime) {
    Map<DataConfig, ImageCounts> images = new HashMap<>();
    Map<PlannedRun, RunWork> works = new HashMap<>();
    for (PlannedRun run : plan.runs()) {
      works.put(run, RunWork.of(run.config(), images.computeIfAbsent(run.config().data(), ImageCounts::of)));
    }
    SweepEstimate estimate = new SweepEstimate(works, nanoTime);
    plan.runs().stream()
        .filter(run -> plan.state(run) == RunState.FINISHED)
        .forEach(run -> estimate.finishedBefore(run, Json.read(plan.folder(run).result(), ResultRecord.class)));
    return estimate;
  }

  /**
   * The work of a run compared with that of all.
   *
   * @param run one of the sweep's
   * @return in (0, 1]
   */
  public double share(PlannedRun run) {
    return works.get(run).total() / total(works.keySet());
  }

  private double total(Set<PlannedRun> runs) {
    return runs.stream().mapToDouble(run -> works.get(run).total()).sum();
  }

  /**
   * The time until the end of the sweep.
   *
   * @return empty while no speed is known
   */
  public synchronized Optional<Duration> remaining() {
    double work = measuredWork + running.map(run -> run.meter().done()).orElse(0.0);
    if (work <= 0) {
      return Optional.empty();
    }
    double seconds = measuredSeconds + running.map(this::seconds).orElse(0.0);
    double left = total(later) + running.map(run -> Math.max(0, run.meter().left())).orElse(0.0);
    return Optional.of(Duration.ofNanos(Math.round(1e9 * seconds / work * left)));
  }

  /** A run needs nothing any more; its result says how long its training steps took. */
  synchronized void finishedBefore(PlannedRun run, ResultRecord result) {
    later.remove(run);
    measuredWork += works.get(run).training().allTraining();
    measuredSeconds += result.secondsPerEpoch() * result.epochs();
  }

  /** Another process has a run or had it, and takes its time beside this one's. */
  synchronized void elsewhere(PlannedRun run) {
    later.remove(run);
  }

  /** A run begins; what is returned must hear of it. */
  synchronized TrainingListener begin(PlannedRun run) {
    later.remove(run);
    WorkMeter meter = new WorkMeter(works.get(run));
    running = Optional.of(new Running(meter, nanoTime.getAsLong()));
    return meter;
  }

  /** The run that is on has ended, however it did. */
  synchronized void end() {
    running.ifPresent(
        run -> {
          measuredWork += run.meter().done();
          measuredSeconds += seconds(run);
        });
    running = Optional.empty();
  }

  private double seconds(Running run) {
    return (nanoTime.getAsLong() - run.startNanos()) / 1e9;
  }
}
