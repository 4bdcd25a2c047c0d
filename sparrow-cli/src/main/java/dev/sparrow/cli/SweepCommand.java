package dev.sparrow.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.BadInput;
import dev.sparrow.sweep.RunOutcome;
import dev.sparrow.sweep.RunOutcome.Ending;
import dev.sparrow.sweep.Sweep;
import dev.sparrow.sweep.SweepEstimate;
import dev.sparrow.sweep.SweepOutcome;
import dev.sparrow.sweep.SweepPlan;
import dev.sparrow.train.StopSignal;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs many trainings from one file. */
@Command(
    name = "sweep",
    description = {
      "Runs many trainings from the file of --config, one after another: what all runs share, the grid, the named runs; see docs/sweeps.md.",
      "Started several times at once, it shares the runs among the processes.",
      "The same command continues a sweep: what is finished is skipped, what was interrupted or failed goes on from its last checkpoint."
    },
    footerHeading =
        "%nExit codes: 0 all runs finished or left to another process, 1 one failed, 3 one diverged and none failed,"
            + " 130 interrupted (state saved).%n%nExamples:%n",
    footer = {
      "  sparrow sweep --config docs/sweeps/baselines.yaml --plan",
      "  sparrow sweep --config docs/sweeps/baselines.yaml --save-dir runs/baselines"
    })
final class SweepCommand extends ResultCommand {

  @Option(
      names = "--save-dir",
      paramLabel = "DIR",
      description = "The sweep folder: sweep.json and one run folder per run (a folder; default: runs/<name of the file>)")
  private Optional<Path> saveDir = Optional.empty();

  @Option(names = "--plan", description = "Show the runs, how far they are and what they cost, and exit (a switch; default: off)")
  private boolean planOnly;

  @Override
  boolean sharesSettings() {
    return false;
  }

  @Override
  ObjectNode otherSettings() {
    return SweepPlan.settings(file());
  }

  private Path file() {
    return sources().file().orElseThrow(() -> BadInput.usage("--config", "the file of the sweep", "nothing"));
  }

  @Override
  public Integer call() {
    Path root = saveDir.orElseGet(this::defaultFolder);
    return planOnly ? plan(root) : run(root);
  }

  private Path defaultFolder() {
    String name = String.valueOf(file().getFileName());
    return Path.of("runs", name.replaceFirst("(?<=.)\\.[^.]*$", ""));
  }

  private int plan(Path root) {
    SweepPlan plan = SweepPlan.read(file(), RunOption::keysOf, root);
    SweepTables.Plan table = SweepTables.plan(plan, SweepEstimate.of(plan, System::nanoTime));
    print(table, table::text);
    return ExitCode.OK;
  }

  private int run(Path root) {
    StopSignal stop = new StopSignal();
    SweepOutcome outcome;
    try (ProgressDisplay display = ProgressDisplay.on(err());
        StopOnSignal signals = new StopOnSignal(stop, display::line);
        SweepProgress progress = new SweepProgress(display, System::nanoTime)) {
      outcome = Sweep.execute(file(), RunOption::keysOf, root, progress, stop);
    }
    if (outcome.interrupted()) {
      err().println("stopped, state saved; continue with: ./sparrow sweep --config " + file() + " --save-dir " + root);
      return ExitCode.INTERRUPTED;
    }
    outcome.runs().stream().filter(run -> !run.problem().isEmpty()).forEach(this::explain);
    SweepTables.Results table = SweepTables.results(root, outcome);
    print(table, table::text);
    return exitCode(outcome);
  }

  private void explain(RunOutcome run) {
    err().println(run.run().title() + " " + run.ending().label() + ": " + run.problem());
  }

  private static int exitCode(SweepOutcome outcome) {
    if (outcome.any(Ending.FAILED)) {
      return ExitCode.FAILURE;
    }
    return outcome.any(Ending.DIVERGED) ? ExitCode.DIVERGED : ExitCode.OK;
  }
}
