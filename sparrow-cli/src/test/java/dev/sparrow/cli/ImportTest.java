package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.DType;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints that PyTorch wrote, taken in and used without further options; against the logits that PyTorch computes. */
class ImportTest {

  private static final int PIXELS = 3 * 32 * 32;

  /** All but the 61 channels of batch norm, twice, and the classifier's ten biases. */
  private static final double PRUNABLE = 2963 - 2 * 61 - 10;

  private static final String SMALL = " --threads 1 --device cpu --precision fp32";

  @TempDir private Path folder;

  private JsonNode expected;

  @BeforeEach
  void readExpected() throws IOException {
    expected = Json.read(fixture("networks.json"), JsonNode.class);
  }

  /** A copy, since the tests of the library may come in an archive. */
  private Path fixture(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (InputStream source = ImportTest.class.getResourceAsStream("/pytorch/" + name)) {
      Files.write(copy, source.readAllBytes());
    }
    return copy;
  }

  private static void refuse(Program.Outcome outcome, int exitCode, String message) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.errorLines()).singleElement().asString().contains(message);
  }

  @ParameterizedTest
  @CsvSource({"plain.pt, dense", "reference.pth.tar, masked", "pruned.pt, masked", "checkpoint.pth.tar, checkpoint"})
  void whatWasWrittenNeedsNoOptions(String name, String key) throws IOException {
    Path out = folder.resolve("out.safetensors");
    JsonNode report = Program.json("import " + fixture(name) + " --out " + out + " --json");
    assertThat(report.at("/written/out").asText()).isEqualTo(out.toString());
    assertThat(report.at("/written/maxDifference").asDouble()).isLessThan(1e-5);
    assertThat(report.at("/network/network/arch").asText()).isEqualTo("resnet18");
    assertThat(report.at("/architectureFrom").asText()).isEqualTo("tensors");
    assertThat(report.at("/parameters").asLong()).isEqualTo(2963);
    assertLogits(out, key);
    assertThat(Program.json("import " + out + " --json").at("/architectureFrom").asText()).isEqualTo("description");
  }

  private void assertLogits(Path weights, String key) throws IOException {
    ByteBuffer image = ByteBuffer.allocate(PIXELS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < PIXELS; i++) {
      image.putFloat(i * 37 % 101 / 100f); // the image of make_networks.py
    }
    Path input = folder.resolve("image.safetensors");
    Path logits = folder.resolve("logits.safetensors");
    Safetensors.write(input, Map.of("images", new TensorData(DType.F32, Shape.of(1, 3, 32, 32), image.flip())), Map.of());
    Program.Outcome outcome = Program.run("evaluate --weights " + weights + " --input " + input + " --logits-out " + logits + SMALL);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    try (SafetensorsFile file = Safetensors.read(logits)) {
      ByteBuffer values = file.get("logits").data();
      for (JsonNode value : expected.get(key)) {
        assertThat((double) values.getFloat()).isCloseTo(value.asDouble(), within(1e-4));
      }
    }
  }

  /** What main_adv.py stores: accuracies, optimizer, scheduler, results and masks beside the weights. */
  @Test
  void theReferencesOwnCheckpoint() throws IOException {
    JsonNode report = Program.json("import " + fixture("checkpoint.pth.tar") + " --json");
    JsonNode found = report.get("found");
    assertThat(found.get("format").asText()).isEqualTo("PyTorch stream");
    assertThat(found.get("key").asText()).isEqualTo("state_dict");
    assertThat(found.get("masks").asText()).isEqualTo("mask_info");
    assertThat(found.get("facts").toString()).isEqualTo("{\"best_sa\":71.25,\"best_ra\":43.5,\"epoch\":12,\"iter_step\":4224}");
    assertThat(report.get("normalizationFrom").asText()).isEqualTo("tensors");
    assertThat(report.at("/masks/layers").asInt()).isEqualTo(21);
    assertThat(report.at("/masks/overruled").asLong()).isZero();
    assertThat(report.get("warnings")).isEmpty();
    assertThat(report.at("/masks/activeFraction").asDouble()).isEqualTo(expected.get("active").asLong() / PRUNABLE, within(1e-12));
    assertThat(report.get("nonzeroFraction").asDouble()).isEqualTo((expected.get("active").asLong() - 1) / PRUNABLE, within(1e-12));
    assertThat(report.has("written")).isFalse();
  }

  @Test
  void disagreeingMasksAreTold() throws IOException {
    Program.Outcome outcome = Program.run("import " + fixture("reference.pth.tar"));
    assertThat(outcome.out())
        .contains("(PyTorch stream, weights under state_dict, names without module.)")
        .contains("resnet18, width 1, 10 classes, 32x32 images (the only network that names and shapes fit)")
        .contains("21 layers of mask_info")
        .contains("mask disagrees with weights: ");
    assertThat(Program.run("import " + fixture("pruned.pt")).out()).contains("of torch.nn.utils.prune").doesNotContain("disagrees");
  }

  /** The weight that just grew is zero and stays active: the training starts with exactly the file's masks. */
  @Test
  void aTrainingGoesOnWithTheMasks() throws IOException {
    Path ticket = folder.resolve("ticket");
    JsonNode report = Program.json("import " + fixture("checkpoint.pth.tar") + " --ticket " + ticket + " --json");
    double density = expected.get("active").asLong() / PRUNABLE;
    assertThat(report.at("/written/ticketDensity").asDouble()).isEqualTo(density);
    Path run = folder.resolve("run");
    Program.Outcome training =
        Program.run(
            "train --method static --ticket " + ticket + " --arch resnet18 --width 1 --density " + density + " --save-dir " + run
                + " --objective standard --epochs 1 --limit-train 20 --limit-test 10 --batch-size 10 --test-attack-steps 1"
                + " --dataset cifar10-sample" + SMALL);
    assertThat(training.exitCode()).as(training.err()).isZero();
    assertThat(Json.read(run.resolve("result.json"), JsonNode.class).get("density").asDouble()).isEqualTo(density);
  }

  @Test
  void withoutMasksTheNonzeroWeightsAreActive() throws IOException {
    JsonNode report = Program.json("import " + fixture("plain.pt") + " --ticket " + folder.resolve("dense") + " --json");
    assertThat(report.at("/written/ticketDensity").asDouble()).isEqualTo(1);
    assertThat(report.has("masks")).isFalse();
  }

  @Test
  void misfitsAreListedWhole() throws IOException {
    refuse(
        Program.run("import " + fixture("plain.pt") + " --num-classes 7 --out " + folder.resolve("out")),
        1,
        "none; the nearest, resnet18 of width 1 with 7 classes, does not fit: missing [], unexpected [], mis-shaped "
            + "[linear.weight (expected 7x8, got 10x8), linear.bias (expected 7, got 10)]");
    refuse(Program.run("import " + fixture("values.pt")), 1, "network of the weights: expected one of resnet18, resnet34");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void normalizationIsNeverGuessed() throws IOException {
    Path bare = folder.resolve("bare.safetensors");
    try (SafetensorsFile file = Safetensors.read(imported("plain.pt"))) {
      Map<String, TensorData> tensors = new LinkedHashMap<>();
      for (String name : file.names()) {
        tensors.put(name, file.get(name));
      }
      tensors.keySet().removeIf(name -> name.startsWith("normalize."));
      Safetensors.write(bare, tensors, Map.of());
    }
    assertThat(Program.run("import " + bare).out()).contains("none in the file, --normalization must say it");
    refuse(Program.run("import " + bare + " --out " + folder.resolve("o")), 2, "--normalization: expected cifar10, cifar100");
    JsonNode report = Program.json("import " + bare + " --normalization cifar10 --out " + folder.resolve("o") + " --json");
    assertThat(report.get("normalizationFrom").asText()).isEqualTo("option");
    assertLogits(folder.resolve("o"), "dense");
    assertThat(Program.run("import " + fixture("plain.pt") + " --normalization none").out())
        .contains("normalization none gave way to the file's, cifar10");
  }

  private Path imported(String name) throws IOException {
    Path out = folder.resolve("imported.safetensors");
    Program.json("import " + fixture(name) + " --out " + out + " --json");
    return out;
  }

  @Test
  void optionsMustNotContradictADescription() throws IOException {
    Path described = imported("plain.pt");
    refuse(Program.run("import " + described + " --arch vgg16"), 2, "--arch: expected resnet18 as " + described + " says, got vgg16");
    refuse(Program.run("import " + described + " --image-size 64"), 2, "--image-size: expected 32 as ");
  }

  @Test
  void inspectCheckpointTakesAFile() throws IOException {
    Path file = fixture("checkpoint.pth.tar");
    assertThat(Program.run("inspect checkpoint " + file).out()).isEqualTo(Program.run("import " + file).out());
  }

  /** The reference's own evaluation, of its own checkpoint. */
  @Test
  void mainAdvEvaluatesIt() throws IOException {
    Path file = fixture("checkpoint.pth.tar");
    Program.Outcome outcome =
        Program.run("main_adv --data none --dataset cifar10-sample --arch resnet18 --eval --pretrained " + file + " --width 1 --limit-test 10"
            + " --test_step 1 --json" + SMALL);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(Json.parse(outcome.out(), JsonNode.class, "main_adv").get("images").asInt()).isEqualTo(10);
  }
}
