package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that Python saved, attacked from the command line. */
class TorchScriptTest {

  private static final Path MODELS = Path.of("../sparrow-core/src/test/resources/torchscript");
  private static final String SMALL = " --limit-test 30 --batch-size 8 --test-attack-steps 2 --test-eps 2/255 --threads 1 --device cpu";

  @TempDir private static Path folder;

  private static Program.Outcome run(String command) {
    String words = command.replace("MODELS", MODELS.toString()).replace("DIR", folder.toString());
    return Program.run(words.replaceFirst(" ", SMALL + " ")); // what the command says itself wins
  }

  private static JsonNode json(String command, int exitCode) {
    Program.Outcome outcome = run(command + " --json");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    return Json.parse(outcome.out(), JsonNode.class, command);
  }

  private static Iterable<String> attacks(JsonNode result) {
    return result.get("perAttack").properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void isEvaluatedAsNetworksAre() throws IOException {
    JsonNode result =
        json(
            "evaluate --torchscript MODELS/traced.pt --num-classes 10 --attack fgsm,pgd --save-dir DIR/evaluation --card DIR/card.json "
                + "--outcomes DIR/outcomes.csv --logits-out DIR/logits.safetensors",
            0);
    assertThat(attacks(result)).containsExactly("fgsm", "pgd-2");
    assertThat(result.get("images").asInt()).isEqualTo(30);
    assertThat(result.get("cleanAccuracy").asDouble()).isPositive();
    assertThat(result.get("precision").asText()).isEqualTo("fp32");
    JsonNode card = Json.read(folder.resolve("card.json"), JsonNode.class);
    assertThat(card.get("name").asText()).isEqualTo("traced.pt");
    assertThat(card.get("architecture").asText()).isEqualTo("TorchScript");
    assertThat(folder.resolve("evaluation/card.json")).hasSameTextualContentAs(folder.resolve("card.json"));
    assertThat(Files.readAllLines(folder.resolve("outcomes.csv"))).hasSize(31).startsWith("image,label,clean,fgsm,pgd-2");
    try (SafetensorsFile logits = Safetensors.read(folder.resolve("logits.safetensors"))) {
      assertThat(logits.get("logits").shape()).isEqualTo(Shape.of(30, 10));
    }
  }

  @Test
  void theDataSetSaysHowManyClasses() {
    JsonNode quick = json("evaluate --torchscript MODELS/control-flow.pt --attack autoattack --quick --card DIR/quick.json", 0);
    assertThat(attacks(quick)).containsExactly("apgd-ce", "apgd-t");
  }

  @Test
  void withoutGradientsSquareRunsAndAFlagSaysSo() {
    Program.Outcome outcome = run("evaluate --torchscript MODELS/one-hot.pt --attack autoattack --card DIR/flagged.json --limit-test 8");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(4);
    assertThat(outcome.out()).contains("after square").doesNotContain("apgd");
    assertThat(outcome.errorLines())
        .contains("flag no-gradients: apgd-ce, apgd-t, fab-t were left out (docs/evaluation-flags.md#no-gradients)");
    JsonNode card = Json.read(folder.resolve("flagged.json"), JsonNode.class);
    assertThat(card.get("unreliable").asBoolean()).isTrue();
    assertThat(card.has("autoattack_acc")).as("not all of its attacks ran").isFalse();
    assertThat(card.at("/sparrow/flags/0/code").asText()).isEqualTo("no-gradients");
  }

  @Test
  void squareTakesThePlaceOfPgd() {
    Program.Outcome outcome = run("evaluate --torchscript MODELS/no-grad.pt --attack pgd --limit-test 4");
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out()).contains("after square");
    assertThat(outcome.errorLines())
        .contains("flag no-gradients: pgd-2 was left out, square runs instead (docs/evaluation-flags.md#no-gradients)");
  }

  @Test
  void gradientsThatAreHiddenAreFlagged() {
    assertThat(json("evaluate --torchscript MODELS/rounded.pt --attack pgd", 4).at("/flags/0").asText()).isEqualTo("zero-gradients");
  }

  @Test
  void imagesAreCraftedOnIt() {
    JsonNode transferred = json("evaluate --torchscript MODELS/rounded.pt --transfer-from MODELS/traced.pt --attack pgd", 0);
    assertThat(attacks(transferred)).containsExactly("transfer-pgd-2");
  }

  @Test
  void adversarialImagesAreWritten() {
    JsonNode result = json("attack --torchscript MODELS/traced.pt --images 3 --out DIR/adversarial", 0);
    assertThat(result.get("images").asInt()).isEqualTo(3);
    assertThat(folder.resolve("adversarial/adversarial.safetensors")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evaluate run --torchscript MODELS/traced.pt                           | 2 | model: expected a run folder, --weights or --torchscript, got --torchscript and another
          evaluate --torchscript MODELS/traced.pt --arch vgg11                  | 2 | --arch: expected a run folder or --weights that it is about, got --torchscript
          evaluate --torchscript MODELS/traced.pt --normalization none          | 2 | --normalization: expected a run folder or --weights that it is about, got --torchscript
          evaluate --torchscript MODELS/traced.pt --checkpoint last             | 2 | --checkpoint: expected a run folder or --weights that it is about, got --torchscript
          evaluate --torchscript MODELS/traced.pt --engine auto                 | 2 | --engine: expected dense with --torchscript, as libtorch runs it, got auto
          evaluate --torchscript MODELS/traced.pt --precision bf16              | 2 | --precision: expected fp32 with --torchscript, which has a precision of its own, got bf16
          evaluate --torchscript MODELS/traced.pt --num-classes 1               | 2 | --num-classes: expected a whole number of at least 2, got 1
          evaluate --torchscript MODELS/traced.pt --num-classes 9               | 2 | --num-classes: expected 10, as MODELS/traced.pt gives so many logits, got 9
          evaluate --torchscript MODELS/seven.pt --num-classes 7                | 1 | classes: expected 7 as the network has them, got 10 (test images of cifar10-sample)
          evaluate --torchscript MODELS/traced.pt --image-size 16               | 1 | image size: expected 16 as the network has it, got 32 (test images of cifar10-sample)
          evaluate --torchscript MODELS/nowhere.pt                              | 1 | TorchScript model: expected a file, got nothing (MODELS/nowhere.pt)
          evaluate --torchscript MODELS/README.md                               | 1 | TorchScript model: expected a zip archive of torch.jit.save, got another file (MODELS/README.md)
          evaluate --torchscript MODELS/../pytorch/plain.pt                     | 1 | TorchScript model: expected a program of torch.jit.save, got a checkpoint of torch.save, which --weights reads (MODELS/../pytorch/plain.pt)
          evaluate --weights MODELS/traced.pt                                   | 1 | PyTorch checkpoint: expected a checkpoint of torch.save, got a TorchScript model, which evaluate --torchscript takes (MODELS/traced.pt)
          evaluate --torchscript MODELS/pair.pt                                 | 1 | TorchScript model: expected one tensor of logits, got a Tuple (MODELS/pair.pt)
          evaluate --torchscript MODELS/traced.pt --transfer-from MODELS/one-hot.pt | 2 | --transfer-from: expected a network that gives gradients, for fgsm, got one that gives none
          attack --torchscript MODELS/one-hot.pt --out DIR/none                 | 2 | attack: expected one without gradients, such as square, as the network gives none, got pgd-2
          """)
  void refusals(String command, int exitCode, String message) {
    Program.Outcome outcome = run(command);
    assertThat(outcome.errorLines()).containsExactly(message.replace("MODELS", MODELS.toString()));
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }
}
