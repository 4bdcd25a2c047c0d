package dev.sparrow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainFlyingBirdPlusTest {

  @TempDir private Path folder;

  @Test
  void tellsEveryEpochAndTheResult() throws Exception {
    Path run = folder.resolve("run");
    Output output = Output.of(TrainFlyingBirdPlus::main, Small.args(run, "epochs=3", "sparsity.updateFrequency=2"));
    List<String> epochs = output.lines().stream().filter(line -> line.startsWith("epoch ")).toList();
    assertThat(epochs).hasSize(3);
    assertThat(epochs.get(0)).startsWith("epoch 0: ").endsWith(", density 0.200, 1 topology updates");
    assertThat(epochs.get(2)).endsWith(", 4 topology updates");
    assertThat(output.number("best: epoch (\\d), .* % robust")).isBetween(0.0, 2.0);
    assertThat(output.number("active weights: (.*) %")).isBetween(10.0, 30.0);
    assertThat(output.lines().get(output.lines().size() - 1)).isEqualTo("report: " + run.resolve("report.html"));
    assertThat(Files.readString(run.resolve("report.html"))).contains("flying-bird-plus");
  }

  @Test
  void findsAFinishedRunFinished() throws Exception {
    Object[] args = Small.args(folder.resolve("run"), "epochs=1");
    List<String> first = Output.of(TrainFlyingBirdPlus::main, args).lines();
    List<String> second = Output.of(TrainFlyingBirdPlus::main, args).lines();
    assertThat(second).isEqualTo(first.subList(1, first.size()));
  }
}
