package dev.sparrow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.RandomWeights;
import dev.sparrow.arch.Weights;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.Checksums;
import dev.sparrow.io.DType;
import dev.sparrow.io.SparseTensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.testing.Mutations;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sparse files that describe their network, sound and damaged. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SparseWeightsTest {

  private static final ModelInfo INFO =
      new ModelInfo(new NetworkConfig(Arch.VGG11, 2, 10, 2), new Density(0.1), 10, 32, Normalization.CIFAR10);

  /** What networks as data take, and the parser of their descriptions. */
  private static final long SPARE_BYTES = 16 << 20;

  @TempDir private Path folder;

  private static Weights weights() {
    Map<String, Density> densities = new LinkedHashMap<>();
    INFO.blueprint().prunable().keySet().forEach(name -> densities.put(name, new Density(0.1)));
    return RandomWeights.draw(INFO.blueprint(), densities, new Seed(5));
  }

  private Path file() throws IOException {
    Weights weights = weights();
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> tensor : INFO.blueprint().tensors().entrySet()) {
      boolean counter = tensor.getValue().rank() == 0;
      float[] values = counter ? new float[2] : weights.get(tensor.getKey());
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      tensors.put(tensor.getKey(), new TensorData(counter ? DType.I64 : DType.F32, tensor.getValue(), bytes));
    }
    Path file = folder.resolve("vgg.sparrow");
    ModelCard card = new ModelCard(ModelCard.FORMAT, INFO, false, 0.1, Optional.empty(), Optional.empty());
    SparseTensors.write(file, tensors, Set.of(), card.toMetadata());
    return file;
  }

  private static Weights read(Path file) throws IOException {
    try (WeightsFile weights = WeightsFile.open(file)) {
      return weights.read();
    }
  }

  @Test
  void describesItsNetwork() throws IOException {
    Path file = file();
    assertThat(ModelCard.read(file)).map(ModelCard::model).contains(INFO);
    Weights expected = weights();
    Weights got = read(file);
    expected.values().forEach((name, values) -> assertThat(got.get(name)).as(name).containsExactly(values));
    try (WeightsFile weights = WeightsFile.open(file)) {
      assertThat(weights.findings().format()).isEqualTo("sparrow-sparse with a description");
      assertThat(weights.masks().masked()).isEmpty();
    }
  }

  /** The damaged files have checksums that fit, so that what is under them is read. */
  private void mutate(int count) throws IOException {
    Path forged = folder.resolve("forged.sparrow");
    Mutations.check(
        Files.readAllBytes(file()), folder.resolve("mutated.sparrow"), count, SPARE_BYTES, damaged -> read(Files.write(forged, forge(damaged))));
  }

  private static byte[] forge(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = Math.max(0, bytes.length - 32);
    byte[] checksum = Checksums.sha256().digest(Arrays.copyOf(bytes, end));
    System.arraycopy(checksum, 0, bytes, end, bytes.length - end);
    return bytes;
  }

  @Test
  void damageIsRefusedOrRead() throws IOException {
    mutate(40);
  }

  @Tag("heavy")
  @Test
  void aThousandMutations() throws IOException {
    mutate(1_000);
  }
}
