package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.testing.Mutations;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote, against the values that Python has in them. */
class PyTorchFileTest {

  private static final Map<String, DType> DTYPES =
      Map.ofEntries(
          Map.entry("float32", DType.F32), Map.entry("float64", DType.F64), Map.entry("float16", DType.F16),
          Map.entry("bfloat16", DType.BF16), Map.entry("float8_e5m2", DType.F8_E5M2), Map.entry("float8_e4m3fn", DType.F8_E4M3),
          Map.entry("int64", DType.I64), Map.entry("int32", DType.I32), Map.entry("int16", DType.I16), Map.entry("int8", DType.I8),
          Map.entry("uint64", DType.U64), Map.entry("uint32", DType.U32), Map.entry("uint16", DType.U16), Map.entry("uint8", DType.U8),
          Map.entry("bool", DType.BOOL));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"values.pt", "values-stream.pt"})
  void everyTypeAndStride(String name) throws IOException {
    assertTensors(name, "expected.json");
  }

  /** Unsigned integers, floats of a byte, tensors and parameters with attributes, parts of a long storage; all saved on a GPU. */
  @ParameterizedTest
  @ValueSource(strings = {"odd.pt", "odd-stream.pt"})
  void rareTensors(String name) throws IOException {
    assertTensors(name, "odd.json");
  }

  /** What cannot be read does not stand in the way of the rest, and says what it is. */
  @ParameterizedTest
  @ValueSource(strings = {"odd.pt", "odd-stream.pt"})
  void opaqueTensors(String name) throws IOException {
    try (PyTorchFile file = PyTorchFile.open(resource(name))) {
      Map<?, ?> content = (Map<?, ?>) file.content();
      Map<?, ?> opaque = (Map<?, ?>) content.get("opaque");
      assertThat(opaque).hasSize(7);
      opaque.forEach((kind, tensor) -> assertThat(tensor).isEqualTo(new PyTorchOpaque((String) kind)));
      Map<?, ?> beside = (Map<?, ?>) content.get("beside");
      assertThat(beside.get("device")).isEqualTo("cuda:1");
      assertThat(beside.get("cpu")).isEqualTo("cpu");
      assertThat(beside.get("default")).isEqualTo(Map.of("a", List.of(1L)));
      assertThat(beside.get("set")).isEqualTo(List.of(7L));
      assertThat(((PickledArray) beside.get("counts")).dtype()).isEqualTo(DType.U16);
    }
  }

  private static void assertTensors(String name, String json) throws IOException {
    JsonNode expected = Json.read(resource(json), JsonNode.class);
    try (PyTorchFile file = PyTorchFile.open(resource(name))) {
      Map<?, ?> tensors = (Map<?, ?>) ((Map<?, ?>) file.content()).get("state_dict");
      assertThat(tensors).hasSize(expected.size());
      for (Map.Entry<String, JsonNode> entry : expected.properties()) {
        PyTorchTensor tensor = (PyTorchTensor) tensors.get(entry.getKey());
        assertThat(tensor.dtype()).as(entry.getKey()).isEqualTo(DTYPES.get(entry.getValue().get("dtype").asText()));
        assertThat(tensor.shape()).as(entry.getKey()).isEqualTo(shape(entry.getValue().get("shape")));
        assertThat(widened(file.read(tensor))).as(entry.getKey()).isEqualTo(values(entry.getValue().get("values")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.pt", "values-stream.pt"})
  void whatStandsBesideTheTensors(String name) throws IOException {
    try (PyTorchFile file = PyTorchFile.open(resource(name))) {
      Map<?, ?> content = (Map<?, ?>) file.content();
      assertThat(content.get("epoch")).isEqualTo(3L);
      assertThat(content.get("best_ra")).isEqualTo(51.5);
      assertThat(content.get("dtype")).isEqualTo("torch.float32");
      assertThat(content.get("size")).isEqualTo(List.of(2L, 3L));
      assertThat(((PickledArray) content.get("numpy")).data().getDouble()).isEqualTo(0.25);
      Map<?, ?> scheduler = (Map<?, ?>) content.get("scheduler");
      assertThat(scheduler.get("milestones")).isEqualTo(Map.of(100L, 1L, 150L, 1L));
      assertThat(scheduler.get("flags")).isEqualTo(List.of(true, PickledNone.NONE, "text"));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "evil.pt|plain data, got global 'posix.system'",
    "evil-stream.pt|plain data, got global 'posix.system'",
    "deflated.pt|stored entries, got a compressed one, '",
  })
  void refused(String name, String message) throws IOException {
    Path file = resource(name);
    assertThat(PyTorchFile.recognises(file)).isTrue();
    assertThatThrownBy(() -> PyTorchFile.open(file))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("PyTorch checkpoint: expected " + message)
        .hasMessageEndingWith("(" + file + ")");
  }

  @Test
  void otherFilesAreToldApart() throws IOException {
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    Path old = Files.write(folder.resolve("old.pt"), tar);
    assertThat(PyTorchFile.recognises(old)).isTrue();
    assertThatThrownBy(() -> PyTorchFile.open(old)).isInstanceOf(BadInput.class).hasMessageContaining("the tar format of PyTorch");
    assertThat(PyTorchFile.recognises(Files.write(folder.resolve("short"), new byte[] {'P', 'K'}))).isFalse();
    assertThat(PyTorchFile.recognises(folder.resolve("nothing"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.pt", "values-stream.pt"})
  void truncatedFilesAreRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(resource(name));
    for (int length = whole.length - 1; length > 16; length -= 1 + whole.length / 40) {
      Path file = Files.write(folder.resolve("truncated.pt"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> readAll(file)).as("first %d bytes", length).isInstanceOf(BadInput.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.pt", "values-stream.pt", "odd.pt", "odd-stream.pt"})
  @Timeout(60)
  void mutatedFilesAreReadOrRefused(String name) throws IOException {
    Mutations.check(Files.readAllBytes(resource(name)), folder.resolve("mutated.pt"), 40, PyTorchFileTest::readAll);
  }

  @Tag("heavy")
  @ParameterizedTest
  @ValueSource(strings = {"values.pt", "values-stream.pt", "odd.pt", "odd-stream.pt"})
  @Timeout(600)
  void aThousandMutations(String name) throws IOException {
    Mutations.check(Files.readAllBytes(resource(name)), folder.resolve("mutated.pt"), 1_000, PyTorchFileTest::readAll);
  }

  private static void readAll(Path path) throws IOException {
    try (PyTorchFile file = PyTorchFile.open(path)) {
      for (PyTorchTensor tensor : tensors(file.content())) {
        assertThat(file.read(tensor).shape()).isEqualTo(tensor.shape());
      }
    }
  }

  private static List<PyTorchTensor> tensors(Object value) {
    List<PyTorchTensor> found = new ArrayList<>();
    if (value instanceof PyTorchTensor tensor) {
      found.add(tensor);
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(part -> found.addAll(tensors(part)));
    } else if (value instanceof List<?> list) {
      list.forEach(part -> found.addAll(tensors(part)));
    }
    return found;
  }

  private static List<Double> widened(TensorData tensor) {
    DType wide = TensorConversion.wide(tensor.dtype());
    ByteBuffer target = ByteBuffer.allocate((int) tensor.shape().size() * wide.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    TensorConversion.widen(tensor, target, "test");
    target.flip();
    List<Double> values = new ArrayList<>();
    while (target.hasRemaining()) {
      values.add(
          switch (wide) {
            case F32 -> (double) target.getFloat();
            case I64 -> (double) target.getLong();
            default -> (double) target.get();
          });
    }
    return values;
  }

  private static List<Double> values(JsonNode texts) {
    List<Double> values = new ArrayList<>();
    texts.forEach(text -> values.add(Double.valueOf(text.asText().replace("inf", "Infinity"))));
    return values;
  }

  private static Shape shape(JsonNode dims) {
    List<Integer> sizes = new ArrayList<>();
    dims.forEach(dim -> sizes.add(dim.asInt()));
    return new Shape(sizes);
  }

  private static Path resource(String name) {
    try {
      return Path.of(PyTorchFileTest.class.getResource("/pytorch/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
