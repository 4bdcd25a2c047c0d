package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.MetricsLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer that loses its last weight in mid-run, at the sixth of nine iterations: the run ends, and what it had is kept. */
class CollapseTest {

  private static final List<String> TO_ALMOST_NOTHING =
      List.of("method=gradual", "sparsity.density=0.0002", "sparsity.updateFrequency=6", "prune.gradualEnd=0.7");

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
  void firstMasksOfNothingAreRefused() {
    RunConfig config = SmallRuns.config("method=static", "prune.scorer=magnitude", "sparsity.density=0.0002");
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> SmallRuns.run(config, run, false))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith("(global magnitude at density 2.0E-4; --allow-collapse lets it pass)");
    assertThat(Files.exists(run.resolve("checkpoints"))).isFalse();
  }

  private static RunConfig config(String setting) {
    return SmallRuns.config(Stream.concat(TO_ALMOST_NOTHING.stream(), Stream.of(setting)).toArray(String[]::new));
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
