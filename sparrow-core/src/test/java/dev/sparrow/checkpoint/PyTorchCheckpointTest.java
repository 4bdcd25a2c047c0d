package dev.sparrow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.arch.NetworkSearch;
import dev.sparrow.arch.Weights;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.Json;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.LibtorchLogits;
import dev.sparrow.units.Density;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that PyTorch wrote, against the logits that PyTorch computes with them. */
class PyTorchCheckpointTest {

  private static final double TOLERANCE = 1e-4;
  private static final int PIXELS = 3 * 32 * 32;

  @TempDir private Path folder;

  private static ModelInfo info(int width, int classes) {
    NetworkConfig network = new NetworkConfig(Arch.RESNET18, width, 34, 10);
    return new ModelInfo(network, Density.DENSE, classes, 32, Normalization.CIFAR100);
  }

  private static Path resource(String name) {
    try {
      return Path.of(PyTorchCheckpointTest.class.getResource("/pytorch/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode expected() throws IOException {
    return Json.read(resource("networks.json"), JsonNode.class);
  }

  private static float[] expectedLogits(String key) throws IOException {
    JsonNode values = expected().get(key);
    float[] logits = new float[values.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) values.get(i).asDouble();
    }
    return logits;
  }

  /** The image of make_networks.py. */
  private static float[] image() {
    float[] image = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      image[i] = i * 37 % 101 / 100f;
    }
    return image;
  }

  private static float[] logits(LoadedModel loaded) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = loaded.model().forward(Tensors.ofFloats(image(), 1, 3, 32, 32), Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }

  @ParameterizedTest
  @CsvSource({"plain.pt, dense", "reference.pth.tar, masked", "pruned.pt, masked"})
  void logitsAreThoseOfPyTorch(String file, String key) throws IOException {
    try (LoadedModel loaded = LoadedModel.fromWeights(resource(file), info(1, 10), EngineChoice.EXACT)) {
      assertThat(loaded.info().normalization()).isEqualTo(Normalization.CIFAR10);
      assertThat(LibtorchLogits.difference(expectedLogits(key), logits(loaded))).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference.pth.tar", "pruned.pt"})
  void masksAreZerosInTheWeights(String file) throws IOException {
    try (WeightsFile weights = WeightsFile.open(resource(file), info(1, 10))) {
      Weights read = weights.read();
      long active = 0;
      for (String name : read.blueprint().prunable().keySet()) {
        for (boolean weight : read.active(name)) {
          active += weight ? 1 : 0;
        }
      }
      assertThat(active).isEqualTo(expected().get("active").asLong());
    }
  }

  @Test
  void whatWasFound() throws IOException {
    try (PyTorchCheckpoint checkpoint = PyTorchCheckpoint.open(resource("reference.pth.tar"))) {
      PyTorchWeights weights = checkpoint.weights(info(1, 10).blueprint());
      Findings findings = weights.findings();
      assertThat(findings.format()).isEqualTo("PyTorch stream");
      assertThat(findings.key()).isEqualTo("state_dict");
      assertThat(findings.prefix()).isEqualTo("module.");
      assertThat(findings.masks()).contains(MaskKind.REFERENCE);
      assertThat(findings.normalization()).isTrue();
      assertThat(weights.masked()).isEqualTo(info(1, 10).blueprint().prunable().keySet());
      assertThat(findings.facts()).containsEntry("epoch", 7L).containsEntry("best_ra", 51.5);
    }
  }

  /** Behind two keys and two wrappers, beside another network; an accuracy is a number of numpy's. */
  @Test
  void nestedWeights() throws IOException {
    try (PyTorchCheckpoint checkpoint = PyTorchCheckpoint.open(resource("nested.pt"))) {
      PyTorchWeights weights = checkpoint.weights(info(1, 10).blueprint());
      assertThat(weights.findings().key()).isEqualTo("model.state_dict");
      assertThat(weights.findings().prefix()).isEqualTo("module.model.");
      assertThat(weights.names()).contains("conv1.weight", "linear.bias", "bn.num_batches_tracked");
      assertThat(weights.findings().converted()).isEqualTo(Map.of("F16", 1));
      assertThat(weights.findings().facts()).isEqualTo(Map.of("arch", "preact", "best", 50.25));
      assertThat(checkpoint.weights(info(2, 7).blueprint()).findings().key()).isEqualTo("net");
    }
  }

  @Test
  void complexWeights() throws IOException {
    Path file = resource("complex.pt");
    try (PyTorchCheckpoint checkpoint = PyTorchCheckpoint.open(file)) {
      assertThatThrownBy(() -> checkpoint.weights(info(1, 10).blueprint()))
          .isInstanceOf(BadInput.class)
          .hasMessage("tensors: expected dense ones of real numbers, got [linear.weight (complex64)] (" + file + ")");
    }
    assertThatThrownBy(() -> NetworkFinder.find(file, NetworkSearch.Known.NOTHING, Normalization.NONE))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith(", of no use [linear.weight (complex64)] (" + file + ")");
  }

  /** Content decides, not the name. */
  @Test
  void anyName() throws IOException {
    Path renamed = Files.copy(resource("plain.pt"), folder.resolve("weights.safetensors"));
    LoadedModel.fromWeights(renamed, info(1, 10), EngineChoice.EXACT).close();
  }

  @Test
  void everyMisfitIsListed() {
    Path file = resource("plain.pt");
    assertThatThrownBy(() -> LoadedModel.fromWeights(file, info(1, 7), EngineChoice.EXACT))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("missing [], unexpected [], mis-shaped [")
        .hasMessageContaining("linear.weight (expected F32 [7x8], got F32 [10x8])")
        .hasMessageContaining("linear.bias (expected F32 [7], got F32 [10])")
        .hasMessageContaining(file.toString());
  }

  @Test
  void noDescriptionNoNetwork() {
    Path file = resource("plain.pt");
    assertThatThrownBy(() -> WeightsFile.open(file))
        .isInstanceOf(BadInput.class)
        .hasMessage("weights: expected a file that describes its network, got one without a description (" + file + ")");
  }

  @Test
  void aCompressedArchive() {
    assertThatThrownBy(() -> PyTorchCheckpoint.open(resource("deflated.pt"))).isInstanceOf(BadInput.class).hasMessageContaining("compressed");
  }
}
