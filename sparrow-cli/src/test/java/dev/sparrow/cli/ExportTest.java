package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.CheckpointContent;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Manifest;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.DType;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorArchive;
import dev.sparrow.io.TensorData;
import dev.sparrow.prune.channel.RandomChannels;
import dev.sparrow.sparse.SparsityState;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A run, its export, the export's evaluation: the same numbers all the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {

  private static final String EVALUATION = " --limit-test 40 --attack fgsm --threads 1 --device cpu --precision fp32";

  @TempDir private static Path folder;

  private Path run;

  @BeforeAll
  void train() throws IOException {
    run = folder.resolve("run");
    Program.Outcome training =
        Program.run(
            "train --method dense --objective standard --epochs 1 --width 4 --limit-train 100 --limit-test 40 --batch-size 50"
                + " --test-attack-steps 1 --threads 1 --device cpu --precision fp32 --save-dir " + run);
    assertThat(training.exitCode()).as(training.err()).isZero();
    pruneChannels(run.resolve("checkpoints/best-robust"));
  }

  /** As if it had been trained with masked channels. */
  private static void pruneChannels(Path checkpoint) throws IOException {
    try (TensorScope scope = TensorScope.open();
        LoadedModel loaded = LoadedModel.fromCheckpoint(checkpoint, EngineChoice.EXACT)) {
      RandomChannels.prune(loaded.blueprint(), loaded.model(), new Density(0.5), new Seed(1));
      Manifest manifest;
      SparsityState sparsity;
      try (Checkpoint old = Checkpoint.open(checkpoint)) {
        manifest = old.manifest();
        sparsity = old.readSparsity();
      }
      Checkpoint.save(
          checkpoint,
          new CheckpointContent(
              manifest.configHash(),
              manifest.model(),
              manifest.progress(),
              manifest.history(),
              loaded.model().parameters(),
              loaded.model().buffers(),
              loaded.model().parameters(),
              sparsity));
    }
  }

  private Program.Outcome on(String command) {
    return Program.run(command.replace("RUN", run.toString()).replace("DIR", folder.toString()));
  }

  private JsonNode json(String command) {
    Program.Outcome outcome = on(command + " --json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return Json.parse(outcome.out(), JsonNode.class, command);
  }

  private static FloatBuffer logits(Path file) throws IOException {
    try (SafetensorsFile stored = Safetensors.read(file)) {
      return stored.get("logits").data().asFloatBuffer();
    }
  }

  private void assertEvaluatesAlike(String weights) throws IOException {
    JsonNode expected = json("evaluate RUN --logits-out DIR/run-logits.safetensors" + EVALUATION);
    JsonNode got = json("evaluate --weights DIR/" + weights + " --logits-out DIR/file-logits.safetensors" + EVALUATION);
    assertThat(got.get("cleanAccuracy")).isEqualTo(expected.get("cleanAccuracy"));
    assertThat(got.get("images")).isEqualTo(expected.get("images"));
    FloatBuffer one = logits(folder.resolve("run-logits.safetensors"));
    FloatBuffer other = logits(folder.resolve("file-logits.safetensors"));
    assertThat(other.remaining()).isEqualTo(one.remaining()).isPositive();
    while (one.hasRemaining()) {
      assertThat((double) other.get()).isCloseTo(one.get(), within(1e-4));
    }
  }

  @Test
  void aCompactExportIsSmallerAndTheSame() throws IOException {
    JsonNode report = json("export RUN --compact --out DIR/compact.safetensors");
    assertThat(report.get("compact").asBoolean()).isTrue();
    assertThat(report.at("/parameters/before").asLong()).isEqualTo(44_510);
    assertThat(report.at("/parameters/after").asLong()).isBetween(5_000L, 22_000L);
    assertThat(report.at("/macs/after").asLong()).isLessThan(report.at("/macs/before").asLong() / 2);
    assertThat(report.get("nonzeroFraction").asDouble()).isEqualTo(1);
    assertThat(report.get("maxDifference").asDouble()).isBetween(0., 1e-5);
    assertEvaluatesAlike("compact.safetensors");
  }

  @Test
  void aWholeExportKeepsItsZeros() throws IOException {
    JsonNode report = json("export RUN --out DIR/whole.safetensors");
    assertThat(report.get("compact").asBoolean()).isFalse();
    assertThat(report.at("/parameters/after")).isEqualTo(report.at("/parameters/before"));
    assertThat(report.get("nonzeroFraction").asDouble()).isBetween(0.1, 0.5);
    assertThat(report.get("maxDifference").asDouble()).isZero();
    assertEvaluatesAlike("whole.safetensors");
  }

  /** The same bits as in a safetensors file, in fewer bytes. */
  @Test
  void aSparseExportHoldsTheSameBits() throws IOException {
    assertThat(on("export RUN --out DIR/bits.safetensors").exitCode()).isZero();
    JsonNode report = json("export RUN --format sparrow-sparse --out DIR/sparse.sparrow");
    assertThat(report.get("format").asText()).isEqualTo("sparrow-sparse");
    assertThat(report.get("maxDifference").asDouble()).isZero();
    long bytes = Files.size(folder.resolve("sparse.sparrow"));
    assertThat(report.at("/bytes/after").asLong()).isEqualTo(bytes);
    assertThat(bytes).isLessThan(Files.size(folder.resolve("bits.safetensors")) / 2);
    try (TensorArchive dense = TensorArchive.open(folder.resolve("bits.safetensors"));
        TensorArchive sparse = TensorArchive.open(folder.resolve("sparse.sparrow"))) {
      assertThat(sparse.names()).containsExactlyElementsOf(dense.names());
      assertThat(sparse.metadata()).isEqualTo(dense.metadata());
      for (String name : dense.names()) {
        assertThat(sparse.get(name)).as(name).isEqualTo(dense.get(name));
      }
    }
    assertEvaluatesAlike("sparse.sparrow");
    assertEvaluatesAlike("bits.safetensors");
  }

  /** A negative weight times zero is a negative zero, which a sparse file would store. */
  @Test
  void maskedWeightsArePositiveZeros() throws IOException {
    assertThat(on("export RUN --out DIR/zeros.safetensors").exitCode()).isZero();
    assertThat(negativeZeros(run.resolve("checkpoints/best-robust/tensors.safetensors"))).isPositive();
    assertThat(negativeZeros(folder.resolve("zeros.safetensors"))).isZero();
  }

  private static long negativeZeros(Path file) throws IOException {
    try (TensorArchive tensors = TensorArchive.open(file)) {
      IntBuffer bits = tensors.get("layer4.0.conv1.weight").data().asIntBuffer();
      return IntStream.range(0, bits.limit()).filter(i -> bits.get(i) == Integer.MIN_VALUE).count();
    }
  }

  @Test
  void aRoundedExportSaysHowFarItIs() throws IOException {
    JsonNode report = json("export RUN --format sparrow-sparse --values bfloat16 --out DIR/rounded.sparrow");
    assertThat(report.get("maxDifference").asDouble()).isBetween(1e-6, 0.05);
    assertThat(report.at("/bytes/after").asLong()).isLessThan(json("export RUN --format sparrow-sparse --out DIR/exact.sparrow").at("/bytes/after").asLong());
    assertThat(on("evaluate --weights DIR/rounded.sparrow" + EVALUATION).exitCode()).isZero();
    assertThat(on("export --weights DIR/rounded.sparrow --format sparrow-sparse --out DIR/again.sparrow").out())
        .contains("bytes        ")
        .contains(" of the network's in float32\n")
        .contains("difference   0.0e+00 of the largest logit");
    assertOneLine(
        "export RUN --values bfloat16 --out DIR/no.safetensors", 2, "--values bfloat16: expected --format sparrow-sparse beside it, got --format safetensors");
    assertOneLine("export RUN --values int8 --out DIR/no.safetensors", 2, "--values: expected one of float32, bfloat16, got 'int8'");
  }

  @Test
  void anotherCheckpointHasNothingToRemove() {
    JsonNode report = json("export RUN --checkpoint last --compact --out DIR/last.safetensors");
    assertThat(report.at("/parameters/after")).isEqualTo(report.at("/parameters/before"));
    assertThat(on("export RUN --checkpoint last --compact --out DIR/last.safetensors").out())
        .startsWith(folder.resolve("last.safetensors") + "\nthe whole network: every channel contributes, there is nothing to remove\n")
        .contains("parameters   44,510\n");
  }

  @Test
  void anAlignmentKeepsMoreChannels() {
    long aligned = json("export RUN --compact --align 4 --out DIR/aligned.safetensors").at("/parameters/after").asLong();
    assertThat(aligned).isGreaterThan(json("export RUN --compact --out DIR/tight.safetensors").at("/parameters/after").asLong());
    try (SafetensorsFile file = Safetensors.read(folder.resolve("aligned.safetensors"))) {
      assertThat(file.entry("layer4.0.conv1.weight").shape().dim(0) % 4).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theFileSaysWhatItIs() throws IOException {
    assertThat(on("export RUN --compact --out DIR/described.safetensors").exitCode()).isZero();
    try (SafetensorsFile file = Safetensors.read(folder.resolve("described.safetensors"))) {
      JsonNode card = Json.parse(file.metadata().get("sparrow.model"), JsonNode.class, "card");
      assertThat(card.get("format").asInt()).isEqualTo(1);
      assertThat(card.get("compact").asBoolean()).isTrue();
      assertThat(card.at("/model/network/arch").asText()).isEqualTo("resnet18");
      assertThat(card.at("/model/network/width").asInt()).isEqualTo(4);
      assertThat(card.at("/model/numClasses").asInt()).isEqualTo(10);
      assertThat(card.get("configHash").asText()).isEqualTo(Json.read(run.resolve("config.json"), JsonNode.class).get("hash").asText());
      assertThat(card.at("/measured/epoch").asInt()).isZero();
      assertThat(card.at("/measured/validation/clean").isNumber()).isTrue();
    }
  }

  @Test
  void anOnnxModelHasTheRunsLogits() throws IOException, OrtException {
    assertOnnxIsTheRun(" --no-compact", 44_510);
    assertOnnxIsTheRun(" --no-compact --fold", 44_510 - 120); // scales and shifts of the second batch norms of 8 blocks, 2 x 120, become 120 biases
    assertOnnxIsTheRun("", -1);
    assertOnnxIsTheRun(" --compact --fold", -1);
  }

  /** Stored images through the run and through ONNX Runtime. */
  private void assertOnnxIsTheRun(String options, long parameters) throws IOException, OrtException {
    JsonNode report = json("export RUN --format onnx --out DIR/model.onnx" + options);
    assertThat(report.get("format").asText()).isEqualTo("onnx");
    assertThat(report.get("maxDifference").asDouble()).isBetween(0., 1e-4);
    if (parameters > 0) {
      assertThat(report.at("/parameters/after").asLong()).isEqualTo(parameters);
    } else {
      assertThat(report.at("/parameters/after").asLong()).isBetween(5_000L, 22_000L);
    }
    FloatBuffer images = FloatBuffer.allocate(3 * 3 * 32 * 32);
    Random random = new Random(1);
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, random.nextFloat());
    }
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * images.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(images.duplicate());
    Safetensors.write(
        folder.resolve("images.safetensors"), Map.of("images", new TensorData(DType.F32, Shape.of(3, 3, 32, 32), bytes)), Map.of());
    json("evaluate RUN --input DIR/images.safetensors --logits-out DIR/run-logits.safetensors --threads 1 --device cpu --precision fp32");
    FloatBuffer expected = logits(folder.resolve("run-logits.safetensors"));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(folder.resolve("model.onnx").toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, images, new long[] {3, 3, 32, 32});
        OrtSession.Result result = session.run(Map.of("images", input))) {
      for (float[] row : (float[][]) result.get(0).getValue()) {
        for (float logit : row) {
          assertThat(logit).isCloseTo(expected.get(), within(1e-4f));
        }
      }
      assertThat(expected.hasRemaining()).isFalse();
      Map<String, String> properties = session.getMetadata().getCustomMetadata();
      assertThat(properties).containsEntry("architecture", "resnet18").containsEntry("normalization", "cifar10, inside the model");
      assertThat(properties.get("compact")).isEqualTo(String.valueOf(parameters < 0)).isEqualTo(report.get("compact").asText());
      assertThat(properties.get("foldedBatchNorms")).isEqualTo(String.valueOf(options.contains("--fold")));
      assertThat(Json.parse(properties.get("sparrow.model"), JsonNode.class, "card").at("/model/network/width").asInt()).isEqualTo(4);
    }
  }

  @Test
  void benchComparesBoth() {
    JsonNode result = json("bench compact RUN --batch 4 --repetitions 2 --threads 1 --device cpu --precision fp32");
    assertThat(result.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "arch", "parameters", "macs", "flopsRatio", "inference", "attackStep", "maxDifference", "batch", "precision", "threads");
    double ratio = result.at("/macs/masked").asDouble() / result.at("/macs/compact").asDouble();
    assertThat(result.get("flopsRatio").asDouble()).isEqualTo(ratio).isGreaterThan(2);
    for (String use : List.of("inference", "attackStep")) {
      JsonNode speeds = result.get(use);
      double speedUp = speeds.get("compactImagesPerSecond").asDouble() / speeds.get("maskedImagesPerSecond").asDouble();
      assertThat(speeds.get("speedUp").asDouble()).isEqualTo(speedUp).isPositive();
      assertThat(speeds.get("shareOfFlopsRatio").asDouble()).isEqualTo(speedUp / ratio);
    }
  }

  @Test
  void benchSaysWhenThereIsNothingToRemove() {
    Program.Outcome outcome = on("bench compact RUN --checkpoint last --batch 2 --repetitions 1 --threads 1 --device cpu --precision fp32");
    assertThat(outcome.out()).contains("Every channel contributes: there is nothing to remove.");
  }

  @Test
  void benchNeedsNoTraining() {
    JsonNode result = json("bench compact --arch vgg11 --width 4 --density 0.5 --batch 2 --repetitions 1 --threads 1 --device cpu --precision fp32");
    assertThat(result.get("arch").asText()).isEqualTo("vgg11");
    assertThat(result.get("flopsRatio").asDouble()).isBetween(1.5, 10.);
    assertThat(result.get("maxDifference").asDouble()).isBetween(0., 1e-5);
  }

  private void assertOneLine(String command, int exitCode, String message) {
    Program.Outcome outcome = on(command);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void badInputLeavesNoFile() {
    Path nowhere = folder.resolve("nowhere");
    assertOneLine(
        "export " + nowhere + " --out DIR/no.safetensors", 1, "run folder: expected a folder that holds a run, got nothing (" + nowhere + ")");
    assertOneLine(
        "export RUN --checkpoint first --out DIR/no.safetensors", 2, "--checkpoint: expected one of best-robust, best-clean, last, got 'first'");
    assertOneLine("export RUN --fold --out DIR/no.safetensors", 2, "--fold: expected --format onnx beside it, got --format safetensors");
    assertOneLine("export RUN --format pt --out DIR/no.safetensors", 2, "--format: expected one of safetensors, pytorch, sparrow-sparse, onnx, got 'pt'");
    assertOneLine("export RUN --align 8 --out DIR/no.safetensors", 2, "--align: expected --compact beside it, got none");
    assertOneLine(
        "export RUN --compact --align 0 --out DIR/no.safetensors", 2, "--align: expected a whole number of at least 1, got 0");
    assertOneLine("bench compact RUN --repetitions 0", 2, "--repetitions: expected a whole number of at least 1, got 0");
    assertOneLine("bench compact RUN --batch 0", 2, "--batch: expected a whole number of at least 1, got 0");
    assertThat(folder.resolve("no.safetensors")).doesNotExist();
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void optionsMustNotContradictTheFile() {
    assertThat(on("export RUN --compact --out DIR/sure.safetensors").exitCode()).isZero();
    Path file = folder.resolve("sure.safetensors");
    assertOneLine(
        "evaluate --weights DIR/sure.safetensors --num-classes 100" + EVALUATION, 2, "--num-classes: expected 10 as " + file + " says, got 100");
    assertOneLine(
        "evaluate --weights DIR/sure.safetensors --normalization none" + EVALUATION,
        2,
        "--normalization: expected cifar10 as " + file + " says, got none");
    assertThat(on("evaluate --weights DIR/sure.safetensors --arch vgg11" + EVALUATION).exitCode()).isEqualTo(2);
    assertThat(on("evaluate --weights DIR/sure.safetensors --num-classes 10 --width 4" + EVALUATION).exitCode()).isZero();
  }

  @Test
  void aCompactFileThatContradictsItselfIsRefused() throws IOException {
    assertThat(on("export RUN --compact --out DIR/sound.safetensors").exitCode()).isZero();
    Path broken = folder.resolve("broken.safetensors");
    try (SafetensorsFile sound = Safetensors.read(folder.resolve("sound.safetensors"))) {
      Map<String, TensorData> tensors = new LinkedHashMap<>();
      for (String name : sound.names()) {
        tensors.put(name, sound.get(name));
      }
      tensors.put("bn.bias", sound.get("linear.bias"));
      tensors.remove("bn.weight");
      Safetensors.write(broken, tensors, sound.metadata());
    }
    Program.Outcome outcome = on("evaluate --weights DIR/broken.safetensors" + EVALUATION);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errorLines())
        .singleElement()
        .asString()
        .startsWith("weights: expected those of a narrower resnet18, got missing [bn.weight], unexpected [], mis-shaped [bn.bias (expected [")
        .endsWith("(" + broken + ")");
  }

  @Test
  void aDescriptionOfAnotherFormatIsRefused() throws IOException {
    assertThat(on("export RUN --out DIR/today.safetensors").exitCode()).isZero();
    Path newer = folder.resolve("newer.safetensors");
    try (SafetensorsFile today = Safetensors.read(folder.resolve("today.safetensors"))) {
      String card = today.metadata().get("sparrow.model").replace("\"format\":1", "\"format\":2");
      Safetensors.write(newer, Map.of("linear.bias", today.get("linear.bias")), Map.of("sparrow.model", card));
    }
    assertOneLine(
        "evaluate --weights DIR/newer.safetensors" + EVALUATION, 1, "model format: expected 1, got 2 (sparrow.model in " + newer + ")");
    assertThat(Files.exists(newer)).isTrue();
  }
}
