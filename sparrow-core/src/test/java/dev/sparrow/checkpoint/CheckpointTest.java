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
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.nn.Network;
import dev.sparrow.sparse.SparsityState;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

  private static final NetworkConfig TINY = new NetworkConfig(Arch.RESNET18, 1, 10, 1);
  private static final ModelInfo INFO = new ModelInfo(TINY, new Density(0.5), 10, 32, Normalization.CIFAR100);

  @TempDir Path folder;
  private final Blueprint blueprint = Blueprints.create(TINY, 10, 32, Density.DENSE);
  private Network network;
  private TensorScope scope;

  @BeforeEach
  void build() {
    scope = TensorScope.open();
    network = new Network(blueprint, new Seed(1), DeviceSpec.CPU);
  }

  @AfterEach
  void release() {
    network.close();
    scope.close();
  }

  @Test
  void everythingComesBack() throws IOException {
    Path target = save("mask.linear.weight", Tensors.ofBooleans(new boolean[] {true, false, true}, 3));
    try (Checkpoint checkpoint = Checkpoint.open(target);
        Network other = new Network(blueprint, new Seed(2), DeviceSpec.CPU)) {
      assertThat(floats(other, "linear.weight")).isNotEqualTo(floats(network, "linear.weight"));
      checkpoint.loadNetwork(other.parameters(), other.buffers());
      for (String name : blueprint.parameters().keySet()) {
        assertThat(floats(other, name)).as(name).isEqualTo(floats(network, name));
      }
      assertThat(checkpoint.manifest().model()).isEqualTo(INFO);
      assertThat(checkpoint.manifest().progress()).isEqualTo(Progress.START.afterBatch(3, 0.5, 2, 1.25, 7));
      assertThat(checkpoint.readSparsity().scalars().get("count").asInt()).isEqualTo(5);
      assertThat(Tensors.toLongs(checkpoint.readSparsity().tensors().get("mask.linear.weight"))).containsExactly(1, 0, 1);
    }
  }

  @Test
  void loadedModelClassifiesAsTheSavedOne() throws IOException {
    Path target = save("mask.linear.weight", Tensors.ofBooleans(new boolean[] {true}, 1));
    try (LoadedModel loaded = LoadedModel.fromCheckpoint(target, EngineChoice.EXACT)) {
      assertThat(loaded.info()).isEqualTo(INFO);
      assertThat(Tensors.toFloats(loaded.model().parameters().get("conv1.weight"))).isEqualTo(floats(network, "conv1.weight"));
    }
  }

  @Test
  void flippedByteIsFound() throws IOException {
    Path tensors = save("mask.a", Tensors.ofBooleans(new boolean[] {true}, 1)).resolve("tensors.safetensors");
    byte[] bytes = Files.readAllBytes(tensors);
    bytes[bytes.length - 1] ^= 1;
    Files.write(tensors, bytes);
    assertThatThrownBy(() -> Checkpoint.open(folder.resolve("last")))
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("checksum of tensors.safetensors: expected [0-9a-f]{64}, got [0-9a-f]{64} \\(.*last\\)");
  }

  @Test
  void foreignAndNewerFoldersAreRefused() throws IOException {
    Path target = folder.resolve("last");
    assertThatThrownBy(() -> Checkpoint.open(target))
        .isInstanceOf(BadInput.class)
        .hasMessage("checkpoint: expected a folder with manifest.json, got nothing (" + target + ")");
    Files.createDirectories(target);
    Files.writeString(target.resolve("manifest.json"), "{\"epoch\": 3}");
    assertThatThrownBy(() -> Checkpoint.open(target)).isInstanceOf(BadInput.class).hasMessageContaining("manifest.json");
    save("mask.a", Tensors.ofBooleans(new boolean[] {true}, 1));
    Path manifest = target.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"format\": 1", "\"format\": 2"));
    assertThatThrownBy(() -> Checkpoint.open(target))
        .isInstanceOf(BadInput.class)
        .hasMessage("checkpoint format: expected 1, got 2 (" + manifest + ")");
  }

  @Test
  void misfitsAreListedAtOnce() throws IOException {
    Map<String, TensorData> weights = new LinkedHashMap<>(TensorFiles.toData(network.parameters()));
    weights.putAll(TensorFiles.toData(network.buffers()));
    weights.remove("bn.bias");
    weights.put("head.weight", weights.get("linear.weight"));
    weights.put("conv1.weight", weights.get("linear.weight"));
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, weights, Map.of());
    assertThatThrownBy(() -> LoadedModel.fromWeights(file, INFO, EngineChoice.EXACT))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("missing [bn.bias], unexpected [head.weight]")
        .hasMessageContaining("mis-shaped [conv1.weight (expected F32 [1x3x3x3], got F32 [10x8])]");
  }

  @Test
  void normalisationOfTheReferencesCheckpointsWins() throws IOException {
    Map<String, TensorData> weights = new LinkedHashMap<>(TensorFiles.toData(network.parameters()));
    weights.putAll(TensorFiles.toData(network.buffers()));
    NamedTensors constants =
        new NamedTensors(
            Map.of(
                "normalize.mean", Tensors.ofFloats(new float[] {.4914f, .4822f, .4465f}, 3),
                "normalize.std", Tensors.ofFloats(new float[] {.2470f, .2435f, .2616f}, 3)));
    weights.putAll(TensorFiles.toData(constants));
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, weights, Map.of());
    try (LoadedModel loaded = LoadedModel.fromWeights(file, INFO, EngineChoice.EXACT)) {
      assertThat(loaded.info().normalization()).isEqualTo(Normalization.CIFAR10);
    }
  }

  @Test
  void anyLayoutIsStoredRowByRow() throws IOException {
    Path file = folder.resolve("matrix.safetensors");
    NamedTensors transposed = new NamedTensors(Map.of("m", Tensors.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).t()));
    Safetensors.write(file, TensorFiles.toData(transposed), Map.of());
    try (SafetensorsFile stored = Safetensors.read(file)) {
      assertThat(Tensors.toFloats(TensorFiles.read(stored, "m"))).containsExactly(1, 4, 2, 5, 3, 6);
    }
  }

  @Test
  void failedSaveKeepsThePrevious() throws IOException {
    Path target = save("mask.a", Tensors.ofBooleans(new boolean[] {true}, 1));
    String before = Files.readString(target.resolve("manifest.json"));
    NamedTensors unsavable = new NamedTensors(Map.of("mask.a", network.parameters().get("linear.bias").to(org.bytedeco.pytorch.global.torch.ScalarType.Double)));
    assertThatThrownBy(() -> Checkpoint.save(target, content(unsavable))).isInstanceOf(IllegalArgumentException.class);
    assertThat(target.resolve("manifest.json")).hasContent(before);
    Checkpoint.open(target).close();
  }

  private Path save(String name, org.bytedeco.pytorch.Tensor mask) throws IOException {
    Path target = folder.resolve("last");
    Checkpoint.save(target, content(new NamedTensors(Map.of(name, mask))));
    return target;
  }

  private CheckpointContent content(NamedTensors sparsity) {
    return new CheckpointContent(
        "sha256:0",
        INFO,
        Progress.START.afterBatch(3, 0.5, 2, 1.25, 7),
        List.of(),
        network.parameters(),
        network.buffers(),
        network.parameters(),
        new SparsityState(Json.tree(Map.of("count", 5)), sparsity));
  }

  private static float[] floats(Network network, String parameter) {
    return Tensors.toFloats(network.parameters().get(parameter));
  }
}
