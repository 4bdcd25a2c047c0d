package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Layers without any weight. One that loses its last weight in mid-run, at the sixth of nine iterations, ends the run, and what it had is
 * kept. First masks that are refused leave the folder free, so that the same command may be given again with {@code --allow-collapse}.
 */
class CollapseTest {

  private static final String[] TO_ALMOST_NOTHING = {
    "method=gradual", "sparsity.density=0.0002", "sparsity.updateFrequency=6", "prune.gradualEnd=0.7"
  };

  @TempDir Path folder;

  @Test
  void endsTheRunAndKeepsTheLastCheckpoint() throws IOException {
    RunConfig config = config("prune.allowCollapse=false");
    Path run = folder.resolve("run");
    assertCollapses(config, run, false);
    try (Checkpoint last = Checkpoint.open(run.resolve("checkpoints/last"))) {
      assertThat(last.manifest().progress().iteration()).isEqualTo(3);
    }
    assertThat(MetricsLog.read(run.resolve("metrics.jsonl"))).hasSize(1);
    assertThat(run.resolve("result.json")).doesNotExist();
    assertCollapses(config, run, true); // continued from the checkpoint it comes to the same point
    assertThat(MetricsLog.read(run.resolve("metrics.jsonl"))).hasSize(1);
  }

  @Test
  void isLetThroughWhereAllowed() {
    RunConfig config = config("prune.allowCollapse=true");
    Path run = folder.resolve("run");
    SmallRuns.run(config, run, false);
    assertThat(run.resolve("result.json")).exists();
    // Of the 44,012 weights of a ResNet-18 of width 4, int(0.9998 * 44,012) = 44,003 go.
    assertThat(MetricsLog.read(run.resolve("metrics.jsonl")).get(2).density()).isEqualTo(9 / 44_012.0);
  }

  @Test
  void firstMasksThatAreRefusedLeaveTheFolderFree() {
    String[] settings = {"epochs=1", "method=static", "prune.scorer=snip", "sparsity.density=0.0002"};
    Path run = folder.resolve("run");
    assertRefused(run, "(global snip at density 2.0E-4; --allow-collapse lets it pass)", SmallRuns.tiny(settings));
    RunConfig allowed = SmallRuns.tiny(with("prune.allowCollapse=true", settings));
    RunConfig tooManyImages = SmallRuns.tiny(with("prune.batches=3", settings));
    assertRefused(run, "expected at least 3 batches, as score-batches says, got 2", tooManyImages);
    SmallRuns.run(allowed, run, false); // not "holds a run; use --resume"
    assertThat(run.resolve("result.json")).exists();
  }

  @Test
  void ticketsThatAreRefusedLeaveTheFolderFree() {
    String[] settings = {"epochs=1", "earlyBird.epochs=1", "sparsity.density=0.0002"};
    RunFolder bird = new RunFolder(folder.resolve("bird"));
    SmallRuns.run(SmallRuns.robustBird(with("prune.allowCollapse=true", settings)), bird.root(), false);
    Path run = folder.resolve("run");
    assertRefused(
        run,
        "(ticket " + bird.ticket() + "; --allow-collapse lets it pass)",
        SmallRuns.tiny("epochs=1", "method=static", "sparsity.density=0.0002", "prune.ticket=" + bird.ticket()));
    String pretrained = "earlyBird.pretrained=" + bird.stageOne().root();
    assertRefused(
        run,
        "(global magnitude at density 2.0E-4; --allow-collapse lets it pass)",
        SmallRuns.robustBird(with(pretrained, settings)));
  }

  private static String[] with(String setting, String... settings) {
    return Stream.concat(Stream.of(settings), Stream.of(setting)).toArray(String[]::new);
  }

  private static void assertRefused(Path run, String end, RunConfig config) {
    assertThatThrownBy(() -> SmallRuns.run(config, run, false)).isInstanceOf(BadInput.class).hasMessageEndingWith(end);
    assertThat(run).isDirectoryNotContaining(file -> !file.getFileName().toString().equals("run.lock"));
  }

  private static RunConfig config(String setting) {
    return SmallRuns.config(with(setting, TO_ALMOST_NOTHING));
  }

  private static void assertCollapses(RunConfig config, Path run, boolean resume) {
    assertThatThrownBy(() -> SmallRuns.run(config, run, resume))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("active weights: expected at least one in every layer, got none in ")
        .hasMessageEndingWith(" (topology update of iteration 6; --allow-collapse lets it pass)")
        .message()
        .hasLineCount(1);
  }
}
