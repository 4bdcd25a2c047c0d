package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that take an engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineTest {

  private static final String SMALL = " --width 2 --batch-size 32 --threads 1 --device cpu --precision fp32";
  private static final String TRAIN =
      "train --method fb --engine sparse --epochs 1 --limit-train 40 --limit-test 20 --train-attack-steps 1 --test-attack-steps 1"
          + " --update-frequency 1" + SMALL;

  @TempDir private static Path folder;

  private Path run;

  @BeforeAll
  void train() {
    run = folder.resolve("run");
    Program.Outcome training = Program.run(TRAIN + " --save-dir " + run);
    assertThat(training.exitCode()).as(training.err()).isZero();
    assertThat(training.errorLines().get(0)).contains("; cpu, sparse engine, fp32, 1 threads; ");
  }

  @Test
  void theRunSaysWhatComputedIt() {
    assertThat(Json.read(run.resolve("config.json"), JsonNode.class).at("/runtime/engine").asText()).isEqualTo("sparse");
    assertThat(Json.read(run.resolve("result.json"), JsonNode.class).get("engine").asText()).isEqualTo("sparse");
    assertThat(run.resolve("log.txt")).content().containsPattern("engine: sparse engine, fp32: .*kernels.*, 1 thread\\b");
  }

  /** In float32 no prediction hangs on the rounding. */
  @Test
  void eitherEngineEvaluatesTheRun() {
    JsonNode sparse = Program.json("evaluate " + run + " --json");
    JsonNode dense = Program.json("evaluate " + run + " --engine dense --json");
    assertThat(sparse.get("cleanAccuracy")).isEqualTo(dense.get("cleanAccuracy"));
    assertThat(sparse.get("robustAccuracy").asDouble()).isCloseTo(dense.get("robustAccuracy").asDouble(), within(0.051)); // one image
    assertThat(Program.run("attack " + run + " --images 2 --out " + folder.resolve("adversarial")).exitCode()).isZero();
  }

  @Test
  void aRunMayBeResumedOnAnotherEngine() {
    Program.Outcome outcome = Program.run("train --resume --engine dense --save-dir " + run);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    outcome = Program.run("train --resume --engine dense --lr 0.3 --save-dir " + run);
    assertThat(outcome.errorLines()).containsExactly("--resume: expected the run's own options, --lr 0.1, got --lr 0.3");
  }

  /** It was the sparse engine's, which has no part in it. */
  @Test
  void pruningARunIsDense() {
    String ticket = folder.resolve("ticket").toString();
    Program.Outcome outcome = Program.run("prune " + run + " --scorer grasp --density 0.1 --allow-collapse --out " + ticket);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  @Test
  void stepsStartFromATicket() {
    String ticket = folder.resolve("for-steps").toString();
    assertThat(Program.run("prune --width 2 --scorer magnitude --density 0.4 --allow-collapse --out " + ticket).exitCode()).isZero();
    String step =
        "bench step --width 2 --batch 4 --attack-steps 1 --repetitions 1 --threads 1 --device cpu --allow-collapse --ticket " + ticket;
    assertThat(Program.json(step + " --density 0.4 --engine auto --json").get("engine").asText()).isEqualTo("auto");
    assertThat(Program.run(step + " --density 0.3").errorLines()).containsExactly(
        "--density: expected 0.4, the ticket's, got 0.3 (" + ticket + ")");
  }

  @Test
  void stepsAreComparedEngineByEngine() {
    JsonNode result =
        Program.json(
            "bench step --engine sparse --density 0.1 --init uniform --against dense-fp32,dense-fp32-channels-first"
                + " --width 2 --batch 4 --attack-steps 1 --repetitions 1 --threads 1 --device cpu --precision fp32 --json");
    assertThat(result.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "imagesPerSecond", "attackStepSeconds", "trainStepSeconds", "peakRssBytes", "precision", "layout", "threads", "engine",
            "ratio", "against");
    assertThat(result.get("engine").asText()).isEqualTo("sparse");
    JsonNode dense = result.at("/against/dense-fp32");
    assertThat(dense.get("engine").asText()).isEqualTo("dense");
    assertThat(dense.get("layout").asText()).isEqualTo("channels-last");
    double ratio = result.get("imagesPerSecond").asDouble() / dense.get("imagesPerSecond").asDouble();
    assertThat(dense.get("ratio").asDouble()).isCloseTo(ratio, within(1e-9));
    assertThat(result.get("ratio")).isEqualTo(dense.get("ratio"));
    assertThat(result.at("/against/dense-fp32-channels-first/layout").asText()).isEqualTo("channels-first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          train --engine fast --print-config | --engine: expected one of auto, dense, sparse, got 'fast'
          bench step --against fast | --against: expected KNOWN, got 'fast'
          """)
  void mistakesAreOneLine(String command, String message) {
    Program.Outcome outcome = Program.run(command);
    assertThat(outcome.errorLines()).containsExactly(message.replace("KNOWN", Opponent.KNOWN));
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
