package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One small run of both stages, and what its command line may say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RobustBirdTest {

  private static final String SMALL =
      " --width 2 --density 0.3 --stage1-epochs 4 --ticket-window 3 --epochs 2 --batch-size 20 --limit-train 60 --limit-test 20"
          + " --train-attack-steps 1 --test-attack-steps 1 --threads 1 --device cpu --precision fp32";

  @TempDir private static Path folder;

  private Path run;
  private Program.Outcome training;

  @BeforeAll
  void train() {
    run = folder.resolve("run");
    training = Program.run("robust-bird --ticket-threshold 0" + SMALL + " --save-dir " + run);
    assertThat(training.exitCode()).as(training.err()).isZero();
  }

  private static JsonNode config(String options) {
    return Program.json("robust-bird --print-config " + options);
  }

  @Test
  void theFolderHoldsBothStagesAndTheTicket() {
    assertThat(run.toFile().list()).contains("config.json", "metrics.jsonl", "result.json", "checkpoints", "stage1", "ticket");
    assertThat(run.resolve("stage1").toFile().list()).contains("config.json", "metrics.jsonl", "result.json", "log.txt");
    assertThat(run.resolve("log.txt")).content().contains("ResultRecord");
  }

  @Test
  void theDistancesOfTheTicketCanBeAnalysed() {
    JsonNode analysis = Program.json("analyze early-bird " + run + " --json");
    JsonNode search = Json.read(run.resolve("ticket/ticket.json"), JsonNode.class).at("/origin/search");
    assertThat(analysis.get("distances")).isEqualTo(search.get("distances"));
    assertThat(analysis.get("epochs").asInt()).isEqualTo(4);
    assertThat(analysis.has("emergence")).isEqualTo(search.get("emerged").asBoolean());
    assertThat(run.resolve("analysis").toFile().list()).containsExactlyInAnyOrder("early-bird.json", "early-bird.png");
  }

  @Test
  void progressNamesTheStageAndShowsTheDistances() {
    List<String> lines = training.errorLines();
    assertThat(lines.get(0)).startsWith("stage 1: training early-bird (standard): resnet18, width 2, ").contains(" at most 4 epochs; ");
    assertThat(lines.stream().filter(line -> line.matches("stage 1, epoch [1-4]/4: loss .*"))).hasSize(4);
    assertThat(lines.stream().filter(line -> line.contains("mask distance")))
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).matches("  mask distance 0\\.\\d{4} to the one before; settled when 2 are at most 0\\.0"),
            second -> assertThat(second).matches("  mask distance 0\\.\\d{4} 0\\.\\d{4} to the 2 before; settled when 2 are at most 0\\.0"),
            third -> assertThat(third).matches("  mask distance 0\\.\\d{4} 0\\.\\d{4} to the 2 before; settled when 2 are at most 0\\.0"));
    assertThat(lines).anyMatch(line -> line.startsWith("ticket drawn: unstructured, density 0.3") && line.contains("after 4 epochs, the most, its mask not settled"));
    assertThat(lines).anyMatch(line -> line.startsWith("stage 2: training robust-bird (pgd): resnet18, width 2, density 0.3, "));
    assertThat(lines.stream().filter(line -> line.matches("stage 2, epoch [12]/2: loss .*"))).hasSize(2);
  }

  @Test
  void theSummaryShowsTheTicketAndWhatBothStagesCost() {
    assertThat(training.out().lines().toList())
        .anyMatch(line -> line.startsWith("ticket          " + run.resolve("ticket") + ": unstructured, density 0.3"))
        .anyMatch(line -> line.matches("training FLOPs  \\S+, \\S+ of them in stage 1"))
        .anyMatch(line -> line.equals("next            ./sparrow evaluate " + run));
    JsonNode result = Json.read(run.resolve("result.json"), JsonNode.class);
    assertThat(result.get("nonzeroFraction").asDouble()).isCloseTo(0.3, within(1e-3));
  }

  @Test
  void aSettledMaskEndsTheFirstStage() {
    Path settled = folder.resolve("settled");
    Program.Outcome outcome = Program.run("robust-bird --ticket-threshold 1 --stage2 sgd" + SMALL + " --save-dir " + settled);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.errorLines()).anyMatch(line -> line.endsWith("settled when 2 are at most 1.0: the mask has settled"));
    assertThat(outcome.errorLines()).anyMatch(line -> line.contains("after 3 epochs, when its mask had settled"));
    assertThat(outcome.errorLines()).anyMatch(line -> line.startsWith("stage 2: training robust-bird (standard)"));
  }

  @Test
  void trainWithTheMethodIsTheSame() throws IOException {
    Path other = folder.resolve("train");
    Program.Outcome outcome = Program.run("train --method robust-bird --ticket-threshold 0" + SMALL + " --save-dir " + other);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(Files.mismatch(tensors(run), tensors(other))).isEqualTo(-1);
  }

  private static Path tensors(Path run) throws IOException {
    try (var files = Files.walk(run.resolve("checkpoints/last"))) {
      return files.filter(file -> file.endsWith("tensors.safetensors")).findFirst().orElseThrow();
    }
  }

  @Test
  void aFinishedRunRepeatsItsResult() {
    assertThat(Program.json("robust-bird --json --resume --save-dir " + run)).isEqualTo(Json.read(run.resolve("result.json"), JsonNode.class));
    assertThat(Program.json("train --json --resume --save-dir " + run).get("method").asText()).isEqualTo("robust-bird");
  }

  @Test
  void theTicketCanBeEvaluatedAndTrainedAgain() {
    Path ticket = run.resolve("ticket");
    String options = " --limit-test 20 --test-attack-steps 1 --threads 1 --device cpu --precision fp32";
    assertThat(Program.json("evaluate --json " + ticket + options).get("images").asInt()).isEqualTo(20);
    Program.Outcome outcome =
        Program.run(
            "train --method static --width 2 --density 0.3 --epochs 1 --batch-size 20 --limit-train 60 --objective standard --ticket " + ticket
                + options + " --save-dir " + folder.resolve("again"));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.errorLines().get(0)).contains("density 0.3 by the ticket " + ticket + ", ");
  }

  @Test
  void channelsAreCompactedAndThenNotPrunedToTickets() {
    Path channel = folder.resolve("channel");
    Path compact = folder.resolve("compact.safetensors");
    Program.Outcome outcome =
        Program.run("robust-bird --pruning channel" + SMALL.replace("--epochs 2", "--epochs 1").replace("--width 2", "--width 4") + " --save-dir " + channel);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.errorLines()).anyMatch(line -> line.startsWith("ticket drawn: channel, density 0."));
    assertThat(Program.run("export " + channel + " --compact --out " + compact).exitCode()).isZero();
    Path ticket = folder.resolve("no-ticket");
    Program.Outcome pruned = Program.run("prune --weights " + compact + " --threads 1 --device cpu --out " + ticket);
    assertThat(pruned.errorLines()).containsExactly("--weights: expected a whole network, got a compact one (" + compact + ")");
    assertThat(pruned.exitCode()).isEqualTo(1);
    assertThat(ticket).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --density 0.1 | /method | robust-bird
          --stage2 sgd | /objective | standard
          --stage2 fast | /objective | fgsm
          --stage2 pgd | /objective | pgd
          --objective n-fgsm | /objective | n-fgsm
          --stage1 fast | /earlyBird/objective | fast
          --stage1-epochs 30 | /earlyBird/epochs | 30
          --pruning channel | /earlyBird/pruning | channel
          --ticket-window 4 | /earlyBird/window | 4
          --ticket-threshold 0.05 | /earlyBird/threshold | 0.05
          --rewind-epoch 3 | /earlyBird/rewindEpoch | 3
          --stage1-pretrained runs/dense | /earlyBird/pretrained | runs/dense
          """)
  void optionsSetTheirKeys(String options, String pointer, String value) {
    assertThat(config(options).at(pointer).asText()).isEqualTo(value);
  }

  @Test
  void theMethodWinsOverAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("dense.yaml"), "method: dense\nepochs: 7\n");
    JsonNode config = config("--config " + file);
    assertThat(config.at("/method").asText()).isEqualTo("robust-bird");
    assertThat(config.at("/epochs").asInt()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --stage2 adam | --stage2: expected one of sgd, fast, pgd, got 'adam'
          --stage1 adam | --stage1: expected one of sgd, fast, pgd, got 'adam'
          --stage2 pgd --objective pgd | --stage2: expected no --objective beside it, which says the same, got both
          --ticket-window 1 | --ticket-window: expected a whole number of at least 2, got 1 (--ticket-window)
          --ticket-threshold 2 | --ticket-threshold: expected a number in [0.0, 1.0], got 2.0 (--ticket-threshold)
          --pruning rows | --pruning: expected one of unstructured, channel, got 'rows'
          """)
  void mistakesAreOneLine(String options, String message) {
    Program.Outcome outcome = Program.run("robust-bird --print-config " + options);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void otherRunsAreNotContinued() {
    Path dense = folder.resolve("dense");
    assertThat(
            Program.run("train --objective standard --epochs 1 --width 2 --limit-train 20 --limit-test 10 --test-attack-steps 1 --threads 1 --save-dir " + dense)
                .exitCode())
        .isZero();
    Program.Outcome outcome = Program.run("robust-bird --resume --save-dir " + dense);
    assertThat(outcome.errorLines()).containsExactly("--resume: expected the run's own options, --method dense, got --method robust-bird");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
