package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.testing.Mutations;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files so large that what every reader may take for itself does not count. */
@Tag("heavy")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LargeDamageTest {

  private static final int FILES = 40;
  private static final int TENSORS = 12;
  private static final int TENSOR_BYTES = 1 << 20;

  @TempDir private Path folder;

  private static Map<String, TensorData> tensors() {
    Random random = new Random(1);
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (int i = 0; i < TENSORS; i++) {
      byte[] bytes = new byte[TENSOR_BYTES];
      random.nextBytes(bytes);
      tensors.put("tensor" + i, new TensorData(DType.F32, Shape.of(TENSOR_BYTES / Float.BYTES), ByteBuffer.wrap(bytes)));
    }
    return tensors;
  }

  @Test
  void safetensors() throws IOException {
    Path file = folder.resolve("file");
    Safetensors.write(file, tensors(), Map.of());
    Mutations.check(Files.readAllBytes(file), file, FILES, LargeDamageTest::readArchive);
  }

  @Test
  void sparseTensors() throws IOException {
    Path file = folder.resolve("file");
    SparseTensors.write(file, tensors(), Set.of(), Map.of());
    Mutations.check(Files.readAllBytes(file), file, FILES, LargeDamageTest::readArchive);
  }

  @Test
  void pyTorch() throws IOException {
    Path file = folder.resolve("file");
    PyTorchWriter.write(file, tensors(), Map.of());
    Mutations.check(Files.readAllBytes(file), file, FILES, LargeDamageTest::readPyTorch);
  }

  private static void readArchive(Path path) throws IOException {
    try (TensorArchive archive = TensorArchive.open(path)) {
      for (String name : archive.names()) {
        assertThat(archive.get(name).data().hasRemaining()).isTrue();
      }
    }
  }

  private static void readPyTorch(Path path) throws IOException {
    try (PyTorchFile file = PyTorchFile.open(path)) {
      for (Object tensor : ((Map<?, ?>) ((Map<?, ?>) file.content()).get("state_dict")).values()) {
        assertThat(file.read((PyTorchTensor) tensor).data().hasRemaining()).isTrue();
      }
    }
  }
}
