package dev.sparrow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.DType;
import dev.sparrow.io.Json;
import dev.sparrow.io.PyTorchWriter;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that describe their network, and what happens if they lie. */
class LoadedModelTest {

  private static final NetworkConfig NARROW = new NetworkConfig(Arch.RESNET18, 2, 34, 10);

  @TempDir Path folder;

  private static Map<String, Shape> shapes(int width) {
    return Blueprints.create(new NetworkConfig(Arch.RESNET18, width, 34, 10), 10, 32, Density.DENSE).tensors();
  }

  private static String card(NetworkConfig network, boolean compact) {
    ModelInfo info = new ModelInfo(network, Density.DENSE, 10, 32, Normalization.CIFAR10);
    return new ModelCard(ModelCard.FORMAT, info, compact, 1, Optional.of("sha256:1"), Optional.empty()).toMetadata().get("sparrow.model");
  }

  private static Map<String, TensorData> zeros(Map<String, Shape> shapes) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> {
      DType type = name.endsWith("num_batches_tracked") ? DType.I64 : DType.F32;
      tensors.put(name, new TensorData(type, shape, ByteBuffer.allocateDirect(Math.toIntExact(shape.size() * type.bytes()))));
    });
    return tensors;
  }

  /** A file of zeros. */
  private Path file(Map<String, Shape> shapes, String card) {
    Path file = folder.resolve("weights.safetensors");
    try {
      Safetensors.write(file, zeros(shapes), Map.of("sparrow.model", card));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file;
  }

  /** The same as a PyTorch checkpoint. */
  private Path pytorch(Map<String, Shape> shapes, String card) {
    Path file = folder.resolve("weights.pt");
    try {
      PyTorchWriter.write(file, zeros(shapes), Map.of("sparrow", Json.tree(Map.of("sparrow.model", card))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file;
  }

  private static Blueprint load(Path file) throws IOException {
    try (LoadedModel loaded = LoadedModel.fromWeights(file, EngineChoice.EXACT)) {
      return loaded.blueprint();
    }
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> load(file))
        .isInstanceOfSatisfying(BadInput.class, fault -> assertThat(fault.isUsage()).as("no option was wrong").isFalse())
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  @Test
  void theShapesOfACompactNetworkAreItsWidths() throws IOException {
    assertThat(load(file(shapes(2), card(NARROW, false))).tensors()).isEqualTo(shapes(2));
    NetworkConfig before = new NetworkConfig(Arch.RESNET18, 4, 34, 10);
    assertThat(load(file(shapes(2), card(before, true))).tensors()).isEqualTo(shapes(2));
  }

  @Test
  void aCheckpointOfPyTorchDescribesItselfToo() throws IOException {
    assertThat(load(pytorch(shapes(2), card(NARROW, false))).tensors()).isEqualTo(shapes(2));
    assertThat(load(pytorch(shapes(2), card(new NetworkConfig(Arch.RESNET18, 4, 34, 10), true))).tensors()).isEqualTo(shapes(2));
  }

  @Test
  void aWholeNetworkIsNotNarrower() {
    assertRefused(
        file(shapes(2), card(new NetworkConfig(Arch.RESNET18, 4, 34, 10), false)),
        "weights: expected those of the whole resnet18, got those of a narrower one (");
  }

  /** Half a petabyte, were the network made before it is compared. */
  @Test
  void aNetworkThatTheFileDoesNotHoldTakesNoMemory() {
    NetworkConfig huge = new NetworkConfig(Arch.WIDERESNET, 65_536, 34, 1_024);
    Map<String, Shape> shapes = Map.of("fc.bias", Shape.of(10));
    assertRefused(file(shapes, card(huge, false)), "weights: expected those of a narrower wideresnet-34-1024, got missing [");
    assertRefused(pytorch(shapes, card(huge, true)), "weights: expected those of a narrower wideresnet-34-1024, got missing [");
    assertRefused(file(shapes, card(huge, true)), "weights: expected those of a narrower wideresnet-34-1024, got missing [");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "numClasses":10        | "numClasses":-5                 | --num-classes: expected a whole number of at least 2, got -5
          "imageSize":32         | "imageSize":2147483647          | --image-size: expected 32 or 64, got 2147483647
          "width":2              | "width":-1                      | --width: expected a whole number of at least 1, got -1
          "width":2              | "width":2000000000              | --width: expected a whole number of at most 65536, got 2000000000
          "depthFactor":34       | "depthFactor":2000000002        | --depth-factor: expected a whole number of at most 1024, got 2000000002
          "std":[0.247,          | "std":[0,                       | --normalization: expected three finite means and three standard deviations
          "std":[0.247,          | "std":[                         | --normalization: expected three finite means and three standard deviations
          "nonzeroFraction":1.0  | "nonzeroFraction":-1            | nonzeroFraction: expected a number in [0, 1], got -1.0
          """)
  void damagedDescriptionsAreNamed(String right, String wrong, String message) {
    String card = card(NARROW, false);
    assertThat(card).contains(right);
    assertRefused(file(shapes(2), card.replace(right, wrong)), message);
    assertRefused(pytorch(shapes(2), card.replace(right, wrong)), message);
  }
}
