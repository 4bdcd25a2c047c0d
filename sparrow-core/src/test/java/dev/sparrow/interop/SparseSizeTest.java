package dev.sparrow.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.allocation.AllocationKind;
import dev.sparrow.allocation.Allocations;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SparseTensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How small sparse files are, next to the same network in a dense float32 safetensors file. */
class SparseSizeTest {

  private static final Density DENSITY = new Density(0.1);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(value = AllocationKind.class, names = {"IGQ", "ERK", "UNIFORM"})
  void aTenthOfTheWeightsIsASeventhOfTheFile(AllocationKind kind) throws IOException {
    Blueprint network = Blueprints.create(new NetworkConfig(Arch.RESNET18, 32, 34, 10), 10, 32, DENSITY);
    Map<String, TensorData> tensors = tensors(network, Allocations.of(kind, Map.of()).allocate(network.prunable(), DENSITY));
    double dense = bytes("dense.safetensors", file -> Safetensors.write(file, tensors, Map.of()));
    double exact = bytes("exact.sparrow", file -> SparseTensors.write(file, tensors, Set.of(), Map.of()));
    double rounded = bytes("rounded.sparrow", file -> SparseTensors.write(file, tensors, network.prunable().keySet(), Map.of()));
    assertThat(exact / dense).isBetween(0.10, 0.14);
    assertThat(rounded / dense).isBetween(0.05, 0.07);
  }

  private interface Writer {
    void write(Path file) throws IOException;
  }

  private long bytes(String name, Writer writer) throws IOException {
    Path file = folder.resolve(name);
    writer.write(file);
    return Files.size(file);
  }

  /** Weights drawn at random, of which each layer keeps its share at random; everything else has no zeros. */
  private static Map<String, TensorData> tensors(Blueprint network, Map<String, Density> densities) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    network.tensors().forEach((name, shape) -> tensors.put(name, tensor(shape, densities.containsKey(name) ? densities.get(name).value() : 1, random)));
    return tensors;
  }

  private static TensorData tensor(Shape shape, double density, SplittableRandom random) {
    if (shape.rank() == 0) {
      return new TensorData(DType.I64, shape, ByteBuffer.allocate(Long.BYTES).putLong(0, random.nextLong()));
    }
    ByteBuffer data = ByteBuffer.allocate((int) shape.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (data.hasRemaining()) {
      data.putFloat(random.nextDouble() < density ? (float) random.nextDouble(-1, 1) : 0);
    }
    return new TensorData(DType.F32, shape, data.flip());
  }
}
