package dev.sparrow.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchWriterTest {

  private static final JsonNode BESIDE =
      Json.parse("{\"arch\": \"grün\", \"big\": 4294967296, \"list\": [0.5, true, false, null]}", JsonNode.class, "test");

  @TempDir private Path folder;

  private static Map<String, TensorData> tensors() {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("w", new TensorData(DType.F32, Shape.of(2, 3), littleEndian(24).putFloat(0, 1.5f).putFloat(20, -2)));
    tensors.put("n", new TensorData(DType.I64, Shape.of(), littleEndian(8).putLong(0, 7)));
    tensors.put("m", new TensorData(DType.BOOL, Shape.of(3), ByteBuffer.wrap(new byte[] {1, 0, 1})));
    return tensors;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Path written(String name) throws IOException {
    Path file = folder.resolve(name);
    PyTorchWriter.write(file, tensors(), Map.of("about", BESIDE));
    return file;
  }

  private static byte[] content(ZipFile zip, String name) throws IOException {
    return zip.getInputStream(zip.getEntry(name)).readAllBytes();
  }

  @Test
  void theEntriesAreThoseOfPyTorch() throws IOException {
    try (ZipFile zip = new ZipFile(written("a.pt").toFile())) {
      assertThat(Collections.list(zip.entries()).stream().map(ZipEntry::getName))
          .containsExactly(
              "archive/data.pkl",
              "archive/.format_version",
              "archive/.storage_alignment",
              "archive/byteorder",
              "archive/data/0",
              "archive/data/1",
              "archive/data/2",
              "archive/version");
      assertThat(content(zip, "archive/version")).asString().isEqualTo("3\n");
      assertThat(content(zip, "archive/byteorder")).asString().isEqualTo("little");
      assertThat(content(zip, "archive/.storage_alignment")).asString().isEqualTo("64");
      assertThat(content(zip, "archive/data/2")).containsExactly(1, 0, 1);
    }
  }

  /** Local headers, followed by hand from one to the next: signature, method, sizes, lengths of name and extra field. */
  @Test
  void entriesAreStoredAndAligned() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(written("b.pt"))).order(ByteOrder.LITTLE_ENDIAN);
    int entries = 0;
    int at = 0;
    while (file.getInt(at) == 0x04034b50) {
      assertThat(file.getShort(at + 8)).as("method").isZero();
      assertThat(file.getInt(at + 18)).as("size").isEqualTo(file.getInt(at + 22));
      int content = at + 30 + file.getShort(at + 26) + file.getShort(at + 28);
      assertThat(content % 64).as("entry at %d", at).isZero();
      at = content + file.getInt(at + 18);
      entries++;
    }
    assertThat(entries).isEqualTo(8);
    assertThat(file.getInt(at)).as("directory").isEqualTo(0x02014b50);
  }

  /** The instructions of one tensor, as the pickle protocol's description has them. */
  @Test
  void thePickleIsThatOfAStateDictionary() throws IOException {
    Path file = folder.resolve("c.pt");
    PyTorchWriter.write(file, Map.of("w", tensors().get("w")), Map.of());
    String expected =
        "\u0080\u0002}(X\n\0\0\0state_dict" + "ccollections\nOrderedDict\n(tR("
            + "X\1\0\0\0w" + "ctorch._utils\n_rebuild_tensor_v2\n("
            + "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0000X\3\0\0\0cpuJ\6\0\0\0tQ"
            + "J\0\0\0\0(J\2\0\0\0J\3\0\0\0t(J\3\0\0\0J\1\0\0\0t\u0089ccollections\nOrderedDict\n(tRtR"
            + "uu.";
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(new String(content(zip, "archive/data.pkl"), ISO_8859_1)).isEqualTo(expected);
    }
  }

  @Test
  void plainDataComesBack() {
    Object read = RestrictedUnpickler.read(new PickleWriter().plain(BESIDE).end(), "test");
    assertThat(read)
        .isEqualTo(Map.of("arch", "grün", "big", 4294967296L, "list", List.of(0.5, true, false, PickledNone.NONE)));
    assertThat(RestrictedUnpickler.read(new PickleWriter().whole(-5_000_000_000L).end(), "test")).isEqualTo(-5_000_000_000L);
    assertThat(RestrictedUnpickler.read(new PickleWriter().whole(Integer.MIN_VALUE).end(), "test")).isEqualTo((long) Integer.MIN_VALUE);
  }

  @Test
  void theSameContentMakesTheSameBytes() throws IOException {
    assertThat(written("one.pt")).hasSameBinaryContentAs(written("other.pt"));
  }

  @Test
  void theStateStandsAlone() {
    assertThatThrownBy(() -> PyTorchWriter.write(folder.resolve("no.pt"), Map.of(), Map.of("state_dict", IntNode.valueOf(1))))
        .hasMessage("key beside state_dict: expected another, got the same");
    assertThat(folder.resolve("no.pt")).doesNotExist();
  }

  /** {@code check_written.py} has loaded these very bytes with PyTorch, and found in them what {@link #tensors} and {@link #BESIDE} say. */
  @Test
  void theseAreTheBytesThatPyTorchLoaded() throws IOException {
    assertThat(written("now.pt")).hasSameBinaryContentAs(resource("written.pt"));
  }

  /** What it saved after that, read by the reader of files that PyTorch wrote. */
  @Test
  void pyTorchSavesTheSameAgain() throws IOException {
    try (PyTorchFile file = PyTorchFile.open(resource("rewritten.pt"))) {
      Map<?, ?> content = (Map<?, ?>) file.content();
      assertThat(content.get("about")).isEqualTo(RestrictedUnpickler.read(new PickleWriter().plain(BESIDE).end(), "test"));
      Map<?, ?> state = (Map<?, ?>) content.get("state_dict");
      assertThat(List.copyOf(state.keySet())).isEqualTo(List.copyOf(tensors().keySet()));
      for (Map.Entry<String, TensorData> expected : tensors().entrySet()) {
        TensorData tensor = file.read((PyTorchTensor) state.get(expected.getKey()));
        assertThat(tensor.dtype()).isEqualTo(expected.getValue().dtype());
        assertThat(tensor.shape()).isEqualTo(expected.getValue().shape());
        assertThat(tensor.data()).isEqualTo(expected.getValue().data());
      }
    }
  }

  private static Path resource(String name) {
    try {
      return Path.of(PyTorchWriterTest.class.getResource("/pytorch/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
