package dev.sparrow.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.RunLock;
import dev.sparrow.report.SweepFolder;
import dev.sparrow.sweep.RunOutcome.Ending;
import dev.sparrow.train.BatchReport;
import dev.sparrow.train.StopSignal;
import dev.sparrow.train.TrainingListener;
import dev.sparrow.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of runs of less than a second. */
class SweepTest {

  private static final String FOUR = SweepFiles.BASE + "grid: {method: [static, dense], seed: [1, 2]}\n";

  @TempDir Path folder;

  private Path root;

  @BeforeEach
  void place() {
    root = folder.resolve("sweep");
  }

  private SweepOutcome run(String yaml, Path into, SweepListener listener, StopSignal stop) {
    return Sweep.execute(SweepFiles.write(folder, "sweep.yaml", yaml), SweepFiles.NAMES, into, listener, stop);
  }

  private SweepOutcome run(String yaml) {
    return run(yaml, root, SweepListener.SILENT, new StopSignal());
  }

  /** Asks to stop after some batches of one of the runs. */
  private static SweepListener stopping(StopSignal stop, int inRun, int afterBatches) {
    return new SweepListener() {
      @Override
      public TrainingListener runStarting(int number, PlannedRun run) {
        return new TrainingListener() {
          private int batches;

          @Override
          public void batchFinished(BatchReport report) {
            if (number == inRun && ++batches == afterBatches) {
              stop.request();
            }
          }
        };
      }
    };
  }

  private static List<Ending> endings(SweepOutcome outcome) {
    return outcome.runs().stream().map(RunOutcome::ending).toList();
  }

  private static byte[] tensors(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("checkpoints/last/tensors.safetensors"));
  }

  private static List<EpochRecord.Validation> validations(Path run) {
    return MetricsLog.read(run.resolve("metrics.jsonl")).stream().map(EpochRecord::validation).toList();
  }

  @Test
  void anInterruptedSweepGoesOnAndEqualsAnUninterruptedOne() throws IOException {
    Path whole = folder.resolve("whole");
    SweepOutcome uninterrupted = run(FOUR, whole, SweepListener.SILENT, new StopSignal());
    assertThat(endings(uninterrupted)).hasSize(4).containsOnly(Ending.FINISHED);

    StopSignal stop = new StopSignal();
    SweepOutcome stopped = run(FOUR, root, stopping(stop, 2, 3), stop); // in the second epoch of the second run
    assertThat(stopped.interrupted()).isTrue();
    assertThat(endings(stopped)).containsExactly(Ending.FINISHED);
    assertThat(root.resolve("dense-s1/checkpoints/last")).exists();
    assertThat(root.resolve("dense-s1/result.json")).doesNotExist();
    assertThat(root.resolve("static-s2")).doesNotExist();
    SweepPlan plan = SweepPlan.read(folder.resolve("sweep.yaml"), SweepFiles.NAMES, root);
    assertThat(plan.runs()).extracting(plan::state).containsExactly(RunState.FINISHED, RunState.INTERRUPTED, RunState.NEW, RunState.NEW);

    byte[] first = Files.readAllBytes(root.resolve("static-s1/result.json"));
    SweepOutcome rest = run(FOUR);
    assertThat(rest.interrupted()).isFalse();
    assertThat(endings(rest)).containsExactly(Ending.SKIPPED, Ending.FINISHED, Ending.FINISHED, Ending.FINISHED);
    assertThat(root.resolve("static-s1/result.json")).hasBinaryContent(first);
    for (String name : List.of("static-s1", "dense-s1", "static-s2", "dense-s2")) {
      assertThat(tensors(root.resolve(name))).as(name).isEqualTo(tensors(whole.resolve(name)));
      assertThat(validations(root.resolve(name))).as(name).hasSize(2).isEqualTo(validations(whole.resolve(name)));
    }
    assertThat(new SweepFolder(root).index()).isEqualTo(new SweepFolder(whole).index());
  }

  @Test
  void oneRunThatDivergesOrFailsDoesNotStopTheOthers() throws IOException {
    String yaml =
        SweepFiles.BASE
            + """
            runs:
              wild: {method: dense, optimizer.lr: 1e30}
              gone: {method: static, prune.ticket: nowhere}
              tame: {method: dense}
            """;
    Files.createDirectories(root);
    Files.writeString(root.resolve("gone"), "a file where a run folder should be");
    List<String> heard = new ArrayList<>();
    SweepListener listener =
        new SweepListener() {
          @Override
          public void runEnded(int number, RunOutcome outcome) {
            heard.add(number + " " + outcome.run().title() + " " + outcome.ending().label());
          }
        };
    SweepOutcome outcome = run(yaml, root, listener, new StopSignal());
    assertThat(heard).containsExactly("1 wild diverged", "2 gone failed", "3 tame finished");
    assertThat(outcome.any(Ending.DIVERGED)).isTrue();
    assertThat(outcome.runs().get(0).problem()).contains("the last checkpoint is kept");
    assertThat(outcome.runs().get(1).problem()).isEqualTo("run folder: expected a new or empty folder, got a file (" + root.resolve("gone") + ")");
    assertThat(outcome.runs().get(2).result()).isPresent();

    Files.delete(root.resolve("gone"));
    assertThat(endings(run(yaml.replace(", prune.ticket: nowhere", ", prune.gradualEnd: 0.5"))))
        .containsExactly(Ending.DIVERGED, Ending.FINISHED, Ending.SKIPPED);
  }

  @Test
  void aChangedFileAddsRunsAndKeepsFolders() {
    String few = SweepFiles.BASE + "grid: {seed: [1]}\nruns: {set: {method: set}}\n";
    assertThat(endings(run(few))).containsExactly(Ending.FINISHED);
    SweepOutcome more = run(SweepFiles.BASE + "grid: {seed: [1], density: [0.1, 0.2]}\nruns: {set: {method: set}}\n");
    assertThat(endings(more)).containsExactly(Ending.FINISHED, Ending.SKIPPED); // 0.2 is the default density
    assertThat(more.runs()).extracting(run -> run.run().entry().folder()).containsExactly("set-d0.1-s1", "set-s1");
    assertThat(more.runs()).extracting(run -> run.run().entry().label()).containsExactly("set d0.1", "set d0.2");
    assertThat(new SweepFolder(root).index().runs()).hasSize(2);
  }

  @Test
  void aFolderWithAnotherRunIsRefusedBeforeAnythingRuns() {
    run(SweepFiles.BASE + "grid: {seed: [1]}\n");
    String other = SweepFiles.BASE.replace("epochs: 2", "epochs: 3").replace("width: 2", "width: 4") + "grid: {seed: [2, 1]}\n";
    assertThatThrownBy(() -> run(other))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "run folder: expected the run of the sweep file, got one with epochs 2 instead of 3, network.width 2 instead of 4 (%s)",
            root.resolve("dense-s1"));
    assertThat(root.resolve("dense-s2")).doesNotExist();
  }

  @Test
  void aSweepWaitsWhileAnotherProcessPlans() throws InterruptedException, ExecutionException {
    FutureTask<SweepOutcome> sweep = new FutureTask<>(() -> run(FOUR));
    Thread thread = new Thread(sweep);
    try (RunLock lock = SweepFolder.create(root).lock(Duration.ZERO)) {
      thread.start();
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        assertThat(sweep.isDone()).isFalse();
        Thread.onSpinWait();
      }
      assertThat(root.resolve("sweep.json")).doesNotExist();
    }
    assertThat(endings(sweep.get())).hasSize(4).containsOnly(Ending.FINISHED);
  }

  @Test
  void leavesARunThatAnotherProcessHasToIt() {
    RunFolder taken = new SweepFolder(root).run("static-s1");
    RunFolder.create(taken.root());
    try (RunLock lock = taken.lock()) {
      SweepOutcome outcome = run(FOUR);
      assertThat(outcome.runs()).extracting(RunOutcome::ending).containsExactly(Ending.ELSEWHERE, Ending.FINISHED, Ending.FINISHED, Ending.FINISHED);
    }
    assertThat(run(FOUR).runs()).extracting(RunOutcome::ending).containsExactly(Ending.FINISHED, Ending.SKIPPED, Ending.SKIPPED, Ending.SKIPPED);
  }

  /** The listener plays the other process: it has the first run when the sweep comes to it, and ends it before the sweep's second run. */
  @Test
  void resultsOfOtherProcessesAreThereAtTheEnd() {
    RunFolder taken = RunFolder.shared(new SweepFolder(root).run("static-s1").root());
    RunLock lock = taken.lock();
    SweepListener other =
        new SweepListener() {
          @Override
          public void runEnded(int number, RunOutcome outcome) {
            if (number == 1) {
              lock.close();
              TrainingRun.executeUnlessTaken(outcome.run().config(), taken.root(), TrainingListener.SILENT, new StopSignal());
            }
          }
        };
    SweepOutcome outcome = run(FOUR, root, other, new StopSignal());
    assertThat(endings(outcome)).containsExactly(Ending.ELSEWHERE, Ending.FINISHED, Ending.FINISHED, Ending.FINISHED);
    assertThat(outcome.runs()).allMatch(run -> run.result().isPresent());
  }

  @Test
  void missingDataEndItBeforeItStarts() {
    String yaml = "base: {data: {dataset: cifar10, dir: nowhere}}";
    assertThatThrownBy(() -> run(yaml)).isInstanceOf(BadInput.class).hasMessage("--data: expected a folder, got nothing (nowhere)");
    assertThat(root.resolve("sweep.json")).doesNotExist();
  }

  @Test
  void planningTouchesNothing() {
    Path file = SweepFiles.write(folder, "sweep.yaml", FOUR);
    SweepPlan plan = SweepPlan.read(file, SweepFiles.NAMES, root);
    assertThat(plan.runs()).hasSize(4);
    assertThat(SweepEstimate.of(plan, System::nanoTime).remaining()).isEmpty();
    assertThat(root).doesNotExist();
  }

  @Test
  void finishedRunsTellTheSpeed() {
    run(SweepFiles.BASE + "grid: {seed: [1]}\n");
    Path file = SweepFiles.write(folder, "more.yaml", SweepFiles.BASE + "grid: {seed: [1, 2]}\n");
    SweepEstimate estimate = SweepEstimate.of(SweepPlan.read(file, SweepFiles.NAMES, root), System::nanoTime);
    assertThat(estimate.remaining()).hasValueSatisfying(time -> assertThat(time).isPositive());
  }

  @Test
  void bothStagesOfARobustBirdAreOneRun() {
    String yaml = SweepFiles.BASE + "grid: {method: [robust-bird]}\n";
    String bird = yaml.replace("base:\n", "base:\n  earlyBird: {epochs: 2, window: 2, lrMilestones: []}\n");
    SweepOutcome outcome = run(bird);
    assertThat(outcome.runs().get(0).problem()).isEmpty();
    assertThat(endings(outcome)).containsExactly(Ending.FINISHED);
    assertThat(root.resolve("robust-bird/stage1/result.json")).exists();
    assertThat(endings(run(bird))).containsExactly(Ending.SKIPPED);
  }
}
