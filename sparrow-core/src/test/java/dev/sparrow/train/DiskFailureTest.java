package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.MetricsLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that stops taking data in mid-run, here by something in the way of the files: one clear line, and nothing is lost. */
class DiskFailureTest {

  private interface Sabotage {
    void run() throws IOException;
  }

  @TempDir Path folder;

  @Test
  void checkpointThatCannotBeSavedLeavesThePreviousOne() throws IOException {
    Path run = folder.resolve("run");
    Path checkpoints = run.resolve("checkpoints");
    Path aside = run.resolve("aside");
    RunConfig config = SmallRuns.config("method=flying-bird", "epochs=2");
    Sabotage fileInTheWay =
        () -> {
          Files.move(checkpoints, aside);
          Files.createFile(checkpoints);
        };
    assertThatThrownBy(() -> TrainingRun.execute(config, run, false, duringEpochOne(fileInTheWay), new StopSignal()))
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("checkpoint \\(the previous one is intact\\): expected a disk that takes it, got .+ \\(.*checkpoints.+\\)")
        .message()
        .hasLineCount(1);
    try (Checkpoint previous = Checkpoint.open(aside.resolve("last"))) {
      assertThat(previous.manifest().progress().epoch()).isEqualTo(1);
    }
    Files.delete(checkpoints);
    Files.move(aside, checkpoints);
    assertResumes(config, run);
  }

  @Test
  void epochWhosePicturesCannotBeWrittenRunsAgain() throws IOException {
    Path run = folder.resolve("run");
    Path curves = run.resolve("curves.png");
    RunConfig config = SmallRuns.config("method=flying-bird", "epochs=2");
    Sabotage folderInTheWay =
        () -> {
          Files.delete(curves);
          Files.createDirectories(curves.resolve("full"));
        };
    assertThatThrownBy(() -> TrainingRun.execute(config, run, false, duringEpochOne(folderInTheWay), new StopSignal()))
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("curves: expected a disk that takes it, got .+ \\(.*curves.png\\)");
    Files.delete(curves.resolve("full"));
    Files.delete(curves);
    assertResumes(config, run);
  }

  private void assertResumes(RunConfig config, Path run) {
    SmallRuns.run(config, run, true);
    SmallRuns.run(config, folder.resolve("whole"), false);
    assertThat(MetricsLog.read(run.resolve("metrics.jsonl")).stream().map(SmallRuns::withoutTimes))
        .containsExactlyElementsOf(
            MetricsLog.read(folder.resolve("whole/metrics.jsonl")).stream().map(SmallRuns::withoutTimes).toList());
  }

  private static TrainingListener duringEpochOne(Sabotage sabotage) {
    return new TrainingListener() {
      @Override
      public void batchFinished(BatchReport report) {
        if (report.epoch() == 1 && report.batch() == 1) {
          try {
            sabotage.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }
}
