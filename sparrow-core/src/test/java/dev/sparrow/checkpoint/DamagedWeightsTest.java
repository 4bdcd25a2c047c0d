package dev.sparrow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.arch.Weights;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.testing.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of weights, damaged, from the first byte to the last weight: the network is found, the masks applied, every number read. */
class DamagedWeightsTest {

  /** The search draws every network that there is. */
  private static final long SPARE_BYTES = 32 << 20;

  private static final String DESCRIBED = "described.safetensors";

  @TempDir private Path folder;

  private byte[] whole(String name) throws IOException {
    if (name.equals(DESCRIBED)) {
      return Files.readAllBytes(described());
    }
    try (InputStream source = DamagedWeightsTest.class.getResourceAsStream("/pytorch/" + name)) {
      return source.readAllBytes();
    }
  }

  private Path described() throws IOException {
    Path plain = Files.write(folder.resolve("plain.pt"), whole("plain.pt"));
    ModelInfo info = NetworkFinder.find(plain, Known.NOTHING, Normalization.CIFAR10);
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    try (PyTorchCheckpoint checkpoint = PyTorchCheckpoint.open(plain)) {
      PyTorchWeights weights = checkpoint.weights(info.blueprint());
      for (String name : StoredNormalization.without(weights.names())) {
        tensors.put(name, weights.get(name));
      }
    }
    Path file = folder.resolve("whole.safetensors");
    Safetensors.write(file, tensors, new ModelCard(ModelCard.FORMAT, info, false, 1, Optional.empty(), Optional.empty()).toMetadata());
    return file;
  }

  private static void read(Path file) throws IOException {
    try (WeightsFile weights = open(file)) {
      Weights read = weights.read();
      assertThat(read.values()).isNotEmpty();
      for (String name : weights.masks().masked()) {
        assertThat(weights.masks().overruled(name)).isNotNegative();
      }
    }
  }

  private static WeightsFile open(Path file) throws IOException {
    return PyTorchFile.recognises(file) || !isDescribed(file)
        ? WeightsFile.open(file, NetworkFinder.find(file, Known.NOTHING, Normalization.CIFAR10))
        : WeightsFile.open(file);
  }

  private static boolean isDescribed(Path file) throws IOException {
    try (SafetensorsFile tensors = Safetensors.read(file)) {
      return ModelCard.read(tensors.metadata(), file).isPresent();
    }
  }

  private void damage(String name, int count) throws IOException {
    Mutations.check(whole(name), folder.resolve("damaged"), count, SPARE_BYTES, DamagedWeightsTest::read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.pt", "pruned.pt", "checkpoint.pth.tar", DESCRIBED})
  @Timeout(120)
  void damagedWeightsAreReadOrRefused(String name) throws IOException {
    damage(name, 20);
  }

  @Tag("heavy")
  @ParameterizedTest
  @ValueSource(strings = {"plain.pt", "pruned.pt", "checkpoint.pth.tar", DESCRIBED})
  @Timeout(900)
  void aThousandMutations(String name) throws IOException {
    damage(name, 1_000);
  }
}
