package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command sweep: its file by the names of options, its tables, its exit codes. */
class SweepTest {

  private static final String BASE =
      """
      base: {limit-train: 32, limit-test: 8, width: 2, batch-size: 16, epochs: 1, train-attack-steps: 1, test-attack-steps: 1,
             precision: fp32, threads: 1, device: cpu, norm: linf}
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), BASE + text);
  }

  private Program.Outcome sweep(String text, String more) throws IOException {
    return Program.run("sweep --config " + file(text) + " --save-dir " + folder.resolve("sweep") + more);
  }

  @Test
  void thePlanIsATable() throws IOException {
    Program.Outcome plan = sweep("grid: {density: [0.1, 0.2], seed: [1]}\nruns: {dense: {method: dense}, er: {method: static, init: er}}", " --plan");
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out().lines())
        .containsExactly(
            "run         folder      state    work",
            "dense s1    dense-s1    new    33.3 %",
            "er d0.1 s1  er-d0.1-s1  new    33.3 %",
            "er d0.2 s1  er-d0.2-s1  new    33.3 %",
            "",
            "3 runs in " + folder.resolve("sweep") + "; how long it takes shows with the first batch");
    assertThat(folder.resolve("sweep")).doesNotExist();
  }

  @Test
  void runsReportsAndContinues() throws IOException {
    String grid = "grid: {seed: [1, 2]}";
    Program.Outcome first = sweep(grid, "");
    assertThat(first.exitCode()).as(first.err()).isZero();
    List<String> lines = first.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("run    density  seed  robust best    final  clean best    final  seconds");
    assertThat(lines.get(1)).matches("dense      1.0     1 +[\\d.]+ % +[\\d.]+ % +[\\d.]+ % +[\\d.]+ % +\\d+");
    assertThat(lines.get(2)).matches("dense      1.0     2 .*");
    assertThat(lines.get(4)).isEqualTo("next  ./sparrow report " + folder.resolve("sweep"));
    assertThat(first.errorLines().get(0)).isEqualTo("2 runs in " + folder.resolve("sweep") + ": 0 finished, 0 interrupted, 2 new");
    assertThat(first.errorLines().get(1)).isEqualTo("run 1/2 dense s1");
    assertThat(first.errorLines()).contains("run 1/2 dense s1 finished", "run 2/2 dense s2 finished");
    assertThat(first.errorLines()).anyMatch(line -> line.matches("run 2/2 dense s2, about \\d+ s left in all"));
    assertThat(folder.resolve("sweep/dense-s1/log.txt")).isNotEmptyFile();
    Path stored = folder.resolve("sweep/dense-s2/config.json");
    assertThat(Program.json("train --print-config --config " + stored).get("hash")).isEqualTo(Json.read(stored, JsonNode.class).get("hash"));

    Program.Outcome again = sweep(grid, " --json");
    assertThat(again.exitCode()).isZero();
    assertThat(again.errorLines()).singleElement().asString().startsWith("2 runs in ").contains(": 2 finished, 0 interrupted, 0 new");
    JsonNode json = Json.parse(again.out(), JsonNode.class, "sweep");
    assertThat(json.at("/runs/1/ending").asText()).isEqualTo("finished before");
    assertThat(json.at("/runs/1/folder").asText()).isEqualTo("dense-s2");
    assertThat(json.at("/runs/1/result")).isEqualTo(Json.read(folder.resolve("sweep/dense-s2/result.json"), JsonNode.class));

    JsonNode plan = Json.parse(sweep("grid: {seed: [1, 2, 3]}", " --plan --json").out(), JsonNode.class, "plan");
    assertThat(plan.at("/runs").findValuesAsText("state")).containsExactly("finished", "finished", "new");
    assertThat(plan.at("/secondsLeft").isIntegralNumber()).isTrue();
  }

  @Test
  void theFileMayHoldTheCommandsOwnOptions() throws IOException {
    String sweep = "sweep: {saveDir: " + folder.resolve("own") + ", plan: true}\n";
    String text = sweep + "grid: {seed: [1, 2]}\nruns: {slow: {lr: 5e-3, data.dir: '7', init: er}}\n";
    Program.Outcome plan = Program.run("sweep --config " + file(text));
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).contains("slow s1", "slow s2", "2 runs in " + folder.resolve("own"));
    JsonNode printed = Program.json("sweep --print-config --set sweep.plan=false --config " + file(text));
    assertThat(printed.at("/runs/slow").toString()).isEqualTo("{\"lr\":0.005,\"data.dir\":7,\"init\":\"er\"}");
    assertThat(printed.at("/sweep").toString()).isEqualTo("{\"json\":false,\"saveDir\":\"" + folder.resolve("own") + "\",\"plan\":false}");
    assertThat(Program.run("sweep --config " + file("sweep: {plans: true}")).errorLines())
        .containsExactly("configuration key: expected a known one, perhaps 'sweep.plan', got 'sweep.plans' (" + folder.resolve("small.yaml") + ")");
    assertThat(Program.run("sweep --config " + file("evaluate: {quick: true}")).errorLines())
        .containsExactly("sweep key: expected a known one, perhaps 'base', got 'evaluate' (" + folder.resolve("small.yaml") + ")");
  }

  @Test
  void divergenceAndFailureHaveTheirExitCodes() throws IOException {
    String wild = "runs: {wild: {lr: 1e30}, tame: {method: dense}}";
    Program.Outcome diverged = sweep(wild, "");
    assertThat(diverged.exitCode()).isEqualTo(3);
    assertThat(diverged.errorLines()).last().asString().startsWith("wild diverged: ");
    assertThat(diverged.out().lines().toList().get(1)).matches("wild +diverged");
    Files.writeString(folder.resolve("sweep/odd"), "a file");
    Program.Outcome failed = sweep(wild.replace("}}", "}, odd: {seed: 5}}"), "");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.errorLines())
        .last()
        .isEqualTo("odd failed: run folder: expected a new or empty folder, got a file (" + folder.resolve("sweep/odd") + ")");
  }

  @Test
  void mistakesAreOneLineAndLeaveNothing() throws IOException {
    Program.Outcome unknown = sweep("grid: {densty: [0.1]}", "");
    assertThat(unknown.errorLines())
        .containsExactly("configuration key: expected a known one, perhaps 'sparsity.density', got 'densty' (" + folder.resolve("small.yaml") + ", grid)");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("sweep")).doesNotExist();
    Program.Outcome missing = Program.run("sweep");
    assertThat(missing.errorLines()).containsExactly("--config: expected the file of the sweep, got nothing");
    assertThat(missing.exitCode()).isEqualTo(2);
  }

  @Test
  void theDocumentedSweepPlansAllBaselines() throws IOException {
    Path baselines = Path.of("..", "docs", "sweeps", "baselines.yaml");
    JsonNode plan = Program.json("sweep --plan --json --config " + baselines + " --save-dir " + folder.resolve("none"));
    assertThat(plan.at("/runs").findValuesAsText("label"))
        .hasSize(3 * 15)
        .startsWith(
            "dense", "smalldense", "static", "magnitude", "snip", "grasp", "synflow", "taylor", "gradual", "set", "rigl", "robust-bird",
            "robust-bird-channel", "flying-bird", "flying-bird-plus", "dense");
  }
}
