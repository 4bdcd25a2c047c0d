package dev.sparrow.cli;

import dev.sparrow.sweep.PlannedRun;
import dev.sparrow.sweep.RunOutcome;
import dev.sparrow.sweep.RunOutcome.Ending;
import dev.sparrow.sweep.RunState;
import dev.sparrow.sweep.SweepEstimate;
import dev.sparrow.sweep.SweepListener;
import dev.sparrow.sweep.SweepPlan;
import dev.sparrow.train.TrainingListener;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells people what a sweep does: which run is on, what the run does, and how long all runs will still take. */
final class SweepProgress implements SweepListener, AutoCloseable {

  private final ProgressDisplay display;
  private final LongSupplier nanoTime;
  private Optional<Course> course = Optional.empty();
  private Optional<TrainingProgress> run = Optional.empty();

  /** What is known once the sweep has started. */
  private record Course(SweepPlan plan, SweepEstimate estimate) {}

  /** A display on which every moving line says which run it belongs to and how long all runs will still take. */
  private final class RunDisplay implements ProgressDisplay {

    private final String prefix;

    RunDisplay(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public void line(String text) {
      display.line(text);
    }

    @Override
    public void progress(String task, long done, long total, String details) {
      display.progress(prefix + ", " + task, done, total, details.isEmpty() ? left("") : details + left(", "));
    }

    @Override
    public void close() {
      display.close();
    }
  }

  /**
   * A teller.
   *
   * @param display where to
   * @param nanoTime the clock
   */
  SweepProgress(ProgressDisplay display, LongSupplier nanoTime) {
    this.display = display;
    this.nanoTime = nanoTime;
  }

  @Override
  public void sweepStarted(SweepPlan plan, SweepEstimate estimate) {
    course = Optional.of(new Course(plan, estimate));
    display.line(
        Texts.format(
            "%d runs in %s: %d finished, %d interrupted, %d new%s",
            plan.runs().size(),
            plan.folder().root(),
            count(plan, RunState.FINISHED),
            count(plan, RunState.INTERRUPTED),
            count(plan, RunState.NEW),
            left("; ")));
  }

  @Override
  public TrainingListener runStarting(int number, PlannedRun planned) {
    String name = name(number, planned);
    display.line(name + left(", "));
    TrainingProgress progress = new TrainingProgress(new RunDisplay(name), nanoTime);
    run = Optional.of(progress);
    return progress;
  }

  @Override
  public void runEnded(int number, RunOutcome outcome) {
    close();
    if (outcome.ending() != Ending.SKIPPED) {
      String problem = outcome.problem().isEmpty() ? "" : ": " + outcome.problem();
      display.line(name(number, outcome.run()) + " " + outcome.ending().label() + problem);
    }
  }

  /** Ends the log of the run that is on. */
  @Override
  public void close() {
    run.ifPresent(TrainingProgress::close);
    run = Optional.empty();
  }

  private String name(int number, PlannedRun planned) {
    return "run " + number + "/" + course.orElseThrow().plan().runs().size() + " " + planned.title();
  }

  private String left(String separator) {
    return course
        .flatMap(known -> known.estimate().remaining())
        .map(time -> separator + "about " + Texts.duration(time) + " left in all")
        .orElse("");
  }

  private static long count(SweepPlan plan, RunState state) {
    return plan.runs().stream().filter(run -> plan.state(run) == state).count();
  }
}
