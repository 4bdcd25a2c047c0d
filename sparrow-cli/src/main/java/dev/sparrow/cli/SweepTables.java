package dev.sparrow.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.TextTable;
import dev.sparrow.sweep.PlannedRun;
import dev.sparrow.sweep.RunOutcome;
import dev.sparrow.sweep.SweepEstimate;
import dev.sparrow.sweep.SweepOutcome;
import dev.sparrow.sweep.SweepPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a sweep prints, before it runs and after. */
final class SweepTables {

  private SweepTables() {}

  static Plan plan(SweepPlan plan, SweepEstimate estimate) {
    List<PlannedLine> lines = plan.runs().stream().map(run -> PlannedLine.of(run, plan, estimate)).toList();
    return new Plan(plan.folder().root().toString(), lines, estimate.remaining().map(Duration::toSeconds));
  }

  static Results results(Path root, SweepOutcome outcome) {
    return new Results(root.toString(), outcome.runs().stream().map(ResultLine::of).toList());
  }

  /**
   * A plan.
   *
   * @param folder the sweep folder
   * @param runs its runs
   * @param secondsLeft estimated; empty while no speed is known
   */
  @JsonPropertyOrder({"folder", "runs", "secondsLeft"})
  record Plan(String folder, List<PlannedLine> runs, Optional<Long> secondsLeft) {

    String text() {
      TextTable table = new TextTable().left("run").left("folder").left("state").right("work");
      runs.forEach(run -> table.row(run.run(), run.folder(), run.state(), Texts.format("%.1f %%", 100 * run.work())));
      String left =
          secondsLeft
              .map(seconds -> "about " + Texts.duration(Duration.ofSeconds(seconds)) + " left")
              .orElse("how long it takes shows with the first batch");
      return Texts.format("%s%n%d runs in %s; %s", table, runs.size(), folder, left);
    }
  }

  /**
   * A run of a plan.
   *
   * @param run its title
   * @param label what tables call it
   * @param folder its folder
   * @param hash of its configuration
   * @param state how far it is
   * @param work its part of the work of the whole sweep
   */
  @JsonPropertyOrder({"run", "label", "folder", "hash", "state", "work"})
  record PlannedLine(String run, String label, String folder, String hash, String state, double work) {

    static PlannedLine of(PlannedRun run, SweepPlan plan, SweepEstimate estimate) {
      return new PlannedLine(
          run.title(), run.entry().label(), run.entry().folder(), run.entry().hash(), plan.state(run).label(), estimate.share(run));
    }
  }

  /**
   * The results of a sweep.
   *
   * @param folder the sweep folder
   * @param runs its runs
   */
  @JsonPropertyOrder({"folder", "runs"})
  record Results(String folder, List<ResultLine> runs) {

    String text() {
      TextTable table =
          new TextTable()
              .left("run")
              .right("density")
              .right("seed")
              .right("robust best")
              .right("final")
              .right("clean best")
              .right("final")
              .right("seconds")
              .left("");
      runs.forEach(run -> run.addTo(table));
      return Texts.format("%s%nnext  ./sparrow report %s", table, folder);
    }
  }

  /**
   * The result of a run.
   *
   * @param label what tables call it
   * @param folder its folder
   * @param ending how it ended
   * @param problem why it did not finish
   * @param result what it achieved
   */
  @JsonPropertyOrder({"label", "folder", "ending", "problem", "result"})
  record ResultLine(String label, String folder, String ending, Optional<String> problem, Optional<ResultRecord> result) {

    static ResultLine of(RunOutcome outcome) {
      return new ResultLine(
          outcome.run().entry().label(),
          outcome.run().entry().folder(),
          outcome.ending().label(),
          Optional.of(outcome.problem()).filter(problem -> !problem.isEmpty()),
          outcome.result());
    }

    void addTo(TextTable table) {
      result.ifPresentOrElse(
          done ->
              table.row(
                  label,
                  done.density().value(),
                  done.seed().value(),
                  Texts.percent(done.best().robustAccuracy()),
                  Texts.percent(done.last().robustAccuracy()),
                  Texts.percent(done.best().cleanAccuracy()),
                  Texts.percent(done.last().cleanAccuracy()),
                  Texts.format("%.0f", done.secondsPerEpoch() * done.epochs()),
                  ""),
          () -> table.row(folder, "", "", "", "", "", "", "", ending));
    }
  }
}
