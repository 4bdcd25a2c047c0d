package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs, tickets and files of weights, exported: what the files say, and which options go together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportSourcesTest {

  private static final String ON_CPU = " --threads 1 --device cpu --precision fp32";

  @TempDir private static Path folder;

  @BeforeAll
  void train() {
    done(
        "train --method dense --objective standard --epochs 1 --width 2 --limit-train 100 --limit-test 40 --batch-size 50 --test-attack-steps 1"
            + ON_CPU + " --save-dir DIR/run");
  }

  private static Program.Outcome on(String command) {
    return Program.run(command.replace("DIR", folder.toString()));
  }

  private static Program.Outcome done(String command) {
    Program.Outcome outcome = on(command);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  private static void assertRefused(String command, String message) {
    Program.Outcome outcome = on(command);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  private static Map<?, ?> about(String name) throws IOException {
    try (PyTorchFile file = PyTorchFile.open(folder.resolve(name))) {
      return (Map<?, ?>) ((Map<?, ?>) file.content()).get("sparrow");
    }
  }

  private static Map<String, String> metadata(String name) throws IOException {
    try (SafetensorsFile file = Safetensors.read(folder.resolve(name))) {
      return file.metadata();
    }
  }

  @Test
  void everyFormatSaysWhatTheRunMeasured() throws IOException {
    done("export DIR/run --checkpoint last --format pytorch --out DIR/last.pt");
    done("export DIR/run --checkpoint last --out DIR/last.safetensors");
    JsonNode measured = Json.read(folder.resolve("run/result.json"), JsonNode.class).get("final");
    Map<?, ?> facts = about("last.pt");
    assertThat(facts.get("architecture")).isEqualTo("resnet18");
    assertThat(facts.get("accuracyImages")).isEqualTo("test");
    assertThat(facts.get("cleanAccuracy")).isEqualTo(measured.get("cleanAccuracy").doubleValue());
    assertThat(facts.get("robustAccuracy")).isEqualTo(measured.get("robustAccuracy").doubleValue());
    assertThat(facts.get("epoch")).isEqualTo(0L);
    assertThat(facts.get("attack")).isEqualTo("pgd-1, linf 8/255, step size 2/255, random start");
    assertThat(facts.get("configHash")).isEqualTo(Json.read(folder.resolve("run/config.json"), JsonNode.class).get("hash").asText());
    assertThat(metadata("last.safetensors"))
        .containsOnlyKeys(facts.keySet().stream().map(String::valueOf).toArray(String[]::new))
        .containsEntry("robustAccuracy", measured.get("robustAccuracy").asText());
  }

  /** From one format to another, the file says the same. */
  @Test
  void weightsAreExportedAgain() throws IOException {
    done("export DIR/run --format pytorch --out DIR/first.pt");
    done("export --weights DIR/first.pt --out DIR/again.safetensors");
    done("export --weights DIR/again.safetensors --format onnx --out DIR/again.onnx");
    assertThat(metadata("again.safetensors").get("sparrow.model")).isEqualTo(about("first.pt").get("sparrow.model"));
  }

  @Test
  void aTicketHasNoAccuracies() throws IOException {
    done("prune --scorer random --density 0.5 --width 2 --out DIR/ticket" + ON_CPU);
    done("export DIR/ticket --format pytorch --out DIR/ticket.pt");
    Map<?, ?> facts = about("ticket.pt");
    assertThat((Double) facts.get("density")).isBetween(0.49, 0.51);
    assertThat(facts.containsKey("cleanAccuracy")).isFalse();
  }

  @Test
  void optionsThatDoNotGoTogether() {
    assertRefused("export --out DIR/no.pt", "network: expected a run folder, a ticket or --weights, got none of them");
    assertRefused("export DIR/run --weights DIR/first.pt --out DIR/no.pt", "network: expected a run folder, a ticket or --weights, got two of them");
    assertRefused(
        "export DIR/run --arch vgg11 --out DIR/no.pt",
        "--normalization and options of the network: expected --weights beside them, got a run folder or a ticket");
    assertRefused("export DIR/run --format onnx --no-compact --align 2 --out DIR/no.onnx", "--align: expected --compact beside it, got none");
    assertThat(folder.resolve("no.pt")).doesNotExist();
  }
}
