package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickets made without training, and what takes them. */
class PruneTest {

  private static final String SMALL =
      " --width 4 --limit-train 40 --limit-test 20 --batch-size 16 --threads 1 --device cpu --precision fp32";

  @TempDir private Path folder;

  private JsonNode prune(String options, String out) {
    return Program.json("prune --json" + SMALL + " --out " + folder.resolve(out) + " " + options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          random | --density 0.3 | layer
          random | --density 0.3 --scope global | global
          magnitude | --density 0.3 | global
          snip | --density 0.3 --score-batches 2 --allow-collapse | global
          grasp | --density 0.3 --allow-collapse | global
          synflow | --density 0.3 --score-rounds 5 | global
          taylor | --density 0.3 --scope layer --init erk | layer
          """)
  void everyScorerWritesATicket(String scorer, String options, String scope) throws IOException {
    JsonNode report = prune("--scorer " + scorer + " " + options, "ticket");
    assertThat(report.get("scorer").asText()).isEqualTo(scorer);
    assertThat(report.get("scope").asText()).isEqualTo(scope);
    assertThat(report.get("ticket").asText()).isEqualTo(folder.resolve("ticket").toString());
    long nonzeros = 0;
    long size = 0;
    for (JsonNode layer : report.get("layers")) {
      long weights = 1;
      for (JsonNode dimension : layer.get("shape")) {
        weights *= dimension.asLong();
      }
      assertThat(layer.get("density").asDouble()).isEqualTo((double) layer.get("nonzeros").asLong() / weights);
      nonzeros += layer.get("nonzeros").asLong();
      size += weights;
    }
    assertThat(report.get("layers")).hasSize(21);
    assertThat(report.get("density").asDouble()).isEqualTo((double) nonzeros / size).isCloseTo(0.3, within(1e-3));
    assertThat(nonzeroWeights(folder.resolve("ticket"))).isEqualTo(nonzeros);
  }

  /** Counted in the ticket's file, among the weights that have a mask. */
  private static long nonzeroWeights(Path ticket) throws IOException {
    long count = 0;
    try (SafetensorsFile tensors = Safetensors.read(tensorFile(ticket))) {
      for (String name : tensors.names()) {
        if (name.startsWith("mask.")) {
          ByteBuffer weights = tensors.get(name.substring("mask.".length())).data();
          for (int i = 0; i < weights.limit() / Float.BYTES; i++) {
            count += weights.getFloat(i * Float.BYTES) == 0 ? 0 : 1;
          }
        }
      }
    }
    return count;
  }

  private static Path tensorFile(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("tensors.safetensors")).findFirst().orElseThrow();
    }
  }

  @Test
  void textEndsWithTheCommandThatTrainsTheTicket() {
    Path ticket = folder.resolve("ticket");
    Program.Outcome outcome = Program.run("prune --scorer magnitude --scope layer --density 0.5" + SMALL + " --out " + ticket);
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0)).matches("layer +shape +density +nonzeros");
    assertThat(lines.get(lines.size() - 3)).startsWith("magnitude, layer: density 0.");
    assertThat(lines.get(lines.size() - 2)).isEqualTo("ticket  " + ticket);
    assertThat(lines.get(lines.size() - 1))
        .startsWith("next    ./sparrow train --method static --ticket " + ticket + " ")
        .contains(" --density 0.5", " --width 4", " --limit-train 40")
        .doesNotContain("--scorer", "--scope");
    String train = lines.get(lines.size() - 1).substring("next    ./sparrow ".length());
    Program.Outcome training = Program.run(train + " --objective standard --test-attack-steps 1 --epochs 1 --json --save-dir " + folder.resolve("run"));
    assertThat(training.exitCode()).as(training.err()).isZero();
    assertThat(Json.parse(training.out(), JsonNode.class, "result").get("density").asDouble()).isEqualTo(0.5);
  }

  @Test
  void aTicketIsTheStartOfATrainingWithTheSameOptions() throws IOException {
    prune("--scorer snip --density 0.4 --seed 5", "ticket");
    String train = "train --method static --objective standard --density 0.4 --seed 5 --epochs 1 --test-attack-steps 1" + SMALL + " --save-dir ";
    Program.Outcome ticket = Program.run(train + folder.resolve("a") + " --ticket " + folder.resolve("ticket"));
    Program.Outcome scorer = Program.run(train + folder.resolve("b") + " --scorer snip");
    assertThat(ticket.exitCode()).as(ticket.err()).isZero();
    assertThat(scorer.exitCode()).as(scorer.err()).isZero();
    assertThat(scorer.errorLines().get(0)).contains("density 0.4 by snip (global), ");
    assertThat(Files.mismatch(tensorFile(folder.resolve("a/checkpoints/last")), tensorFile(folder.resolve("b/checkpoints/last")))).isEqualTo(-1);
  }

  @Test
  void ticketsCanBeEvaluatedAndPrunedAgain() {
    prune("--density 0.5 --scorer magnitude", "half");
    JsonNode evaluation = Program.json("evaluate " + folder.resolve("half") + " --attack fgsm --json" + SMALL.replace(" --limit-train 40", ""));
    assertThat(evaluation.get("images").asInt()).isEqualTo(20);
    JsonNode smaller = Program.json("prune " + folder.resolve("half") + " --scorer magnitude --density 0.25 --json --limit-train 40 --threads 1 --device cpu --out " + folder.resolve("quarter"));
    assertThat(smaller.get("density").asDouble()).isCloseTo(0.25, within(1e-3));
    assertThat(smaller.get("layers").get(0).get("shape").get(0).asInt()).isEqualTo(4);
  }

  @Test
  void anExistingFolderIsRefused() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Program.Outcome outcome = Program.run("prune" + SMALL + " --out " + out);
    assertThat(outcome.errorLines()).containsExactly("--out: expected a new folder, got one that exists (" + out + ")");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(out.toFile().list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --density 0.2 | --out: expected a value, got nothing (sparrow prune)
          --scorer fisher --out t | --scorer: expected one of random, magnitude, snip, grasp, synflow, taylor, got 'fisher'
          --scope network --out t | --scope: expected one of global, layer, got 'network'
          --score-batches 0 --out t | --score-batches: expected a whole number of at least 1, got 0 (--score-batches)
          run --weights w --out t | model: expected a run folder or --weights, got both
          """)
  void mistakesAreOneLine(String options, String message) {
    Program.Outcome outcome = Program.run("prune " + options);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void aCollapsedLayerIsNamedAndNothingIsWritten() {
    Path out = folder.resolve("out");
    Program.Outcome outcome = Program.run("prune --scorer magnitude --density 0.001" + SMALL + " --out " + out);
    assertThat(outcome.errorLines()).singleElement().asString().contains("--allow-collapse").contains(".weight");
    assertThat(outcome.exitCode()).isIn(1, 2);
    assertThat(out).doesNotExist();
  }
}
