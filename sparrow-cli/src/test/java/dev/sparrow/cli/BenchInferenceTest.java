package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.arch.RandomWeights;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.DType;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sparse engine against dense ones, with their libraries and without. */
class BenchInferenceTest {

  private static final String SMALL = " --batch 3 --repetitions 1 --warm-up 0 --threads 1";

  @TempDir private Path folder;

  private static JsonNode json(String options) {
    return Program.json("bench inference" + SMALL + options + " --json");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void comparesSpeedsAndLogits() {
    JsonNode result = json(" --arch resnet18 --width 4 --density 0.1 --init uniform --precision fp32");
    assertThat(names(result))
        .containsExactly(
            "arch",
            "nonzeroFraction",
            "batch",
            "repetitions",
            "threads",
            "imagesPerSecond",
            "secondsPerBatch",
            "engine",
            "ratio",
            "against",
            "missing");
    assertThat(result.get("arch").asText()).isEqualTo("resnet18");
    assertThat(result.get("nonzeroFraction").asDouble()).isCloseTo(0.1, within(0.001));
    assertThat(result.get("threads").asInt()).isEqualTo(1);
    double seconds = result.get("secondsPerBatch").asDouble();
    assertThat(result.get("imagesPerSecond").asDouble()).isEqualTo(3 / seconds);
    assertThat(names(result.get("missing"))).isEmpty();
    assertThat(names(result.get("against"))).containsExactly("onnxruntime", "dense-bf16", "dense-fp32");
    result
        .get("against")
        .forEach(other -> assertThat(other.get("ratio").asDouble()).isCloseTo(other.get("secondsPerBatch").asDouble() / seconds, within(1e-9)));
    assertThat(result.get("ratio")).isEqualTo(result.at("/against/onnxruntime/ratio"));
    assertThat(result.at("/against/onnxruntime/maxDifference").asDouble()).isBetween(0., 1e-4);
    assertThat(result.at("/against/dense-fp32/maxDifference").asDouble()).isBetween(0., 1e-4);
    assertThat(result.at("/against/dense-bf16/maxDifference").asDouble()).isBetween(1e-4, 0.1);
    assertThat(result.at("/against/onnxruntime/engine").asText()).startsWith("ONNX Runtime ");
    assertThat(result.at("/against/dense-fp32/engine").asText()).startsWith("libtorch ").endsWith("fp32");
  }

  @Test
  void theSparseEngineAlone() {
    JsonNode result = json(" --arch vgg11 --width 4 --density 0.2 --against none");
    assertThat(names(result.get("against"))).isEmpty();
    assertThat(result.has("ratio")).isFalse();
    Program.Outcome text = Program.run("bench inference" + SMALL + " --arch vgg11 --width 4 --density 0.2 --against sparse-fp32");
    assertThat(text.out()).startsWith("vgg11, 20.0").contains(" of its weights nonzero, batch 3, 1 threads, median of 1\n").contains("sparse-fp32");
  }

  private Path stored() throws IOException {
    ModelInfo info = new ModelInfo(new NetworkConfig(Arch.RESNET18_POST, 3, 10, 1), Density.DENSE, 5, 64, Normalization.TINYIMAGENET);
    Weights weights = RandomWeights.draw(info.blueprint(), Map.of("layer4.0.conv2.weight", new Density(0.05)), new Seed(1));
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    info.blueprint()
        .tensors()
        .forEach(
            (name, shape) -> {
              boolean counter = shape.rank() == 0;
              float[] values = counter ? new float[2] : weights.get(name);
              ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(values);
              tensors.put(name, new TensorData(counter ? DType.I64 : DType.F32, shape, bytes));
            });
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, tensors, new ModelCard(ModelCard.FORMAT, info, false, 0.7, Optional.of("sha256:1"), Optional.empty()).toMetadata());
    return file;
  }

  @Test
  void takesAFileThatDescribesItsNetwork() throws IOException {
    Path file = stored();
    JsonNode result = json(" --weights " + file);
    assertThat(result.get("arch").asText()).isEqualTo("resnet18-post");
    assertThat(result.at("/against/onnxruntime/maxDifference").asDouble()).isBetween(1e-5, 0.1); // bf16 against fp32
    Program.Outcome refused = Program.run("bench inference" + SMALL + " --weights " + file + " --width 3");
    assertThat(refused.errorLines()).containsExactly("--weights: expected no --width beside it, as the file describes its network, got --width");
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  @Test
  void withoutTheOtherLibrariesTheirRowsAreLeftOut() throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath()));
    command.add(Main.class.getName());
    command.addAll(Program.words("bench inference --arch resnet18 --width 2" + SMALL + " --json"));
    Process process = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    JsonNode result = Json.parse(Files.readString(output), JsonNode.class, "output");
    assertThat(result.get("imagesPerSecond").asDouble()).isPositive();
    assertThat(names(result.get("against"))).isEmpty();
    assertThat(names(result.get("missing"))).containsExactly("onnxruntime", "dense-bf16", "dense-fp32");
    assertThat(Files.readAllLines(errors))
        .anyMatch(line -> line.startsWith("onnxruntime is left out: its library is missing or has no build for this platform ("))
        .anyMatch(line -> line.startsWith("dense-fp32 is left out: "));
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("bytedeco") && !entry.contains("onnxruntime"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void badInput() {
    assertRefused(" --against torch", "--against: expected one of sparse-bf16, sparse-fp32, onnxruntime, dense-bf16, dense-fp32, got 'torch'");
    assertRefused(" --batch 0", "--batch: expected a whole number of at least 1, got 0");
    assertRefused(" --repetitions 0", "--repetitions: expected a whole number of at least 1, got 0");
    assertRefused(" --warm-up -1", "--warm-up: expected a number of at least 0, got -1.0");
  }

  private static void assertRefused(String options, String message) {
    Program.Outcome outcome = Program.run("bench inference --width 2" + options);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
