package dev.sparrow.io;

import static dev.sparrow.io.PyTorchArchives.floats;
import static dev.sparrow.io.PyTorchArchives.tensor;
import static dev.sparrow.io.PyTorchArchives.text;
import static dev.sparrow.io.PyTorchArchives.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.testing.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints that were made to do harm: they are refused soon, and without taking memory. Each is tried in both formats. */
@Timeout(120)
class PyTorchHostileTest {

  /** Values of the smallest pickle that there may be: 250,000 opcodes. */
  private static final long SPARE_BYTES = 32 << 20;

  private static final String HEAD = "\u0080\u0002";

  private static final String NO_KEYS = HEAD + "].";

  @TempDir private Path folder;

  static Stream<Arguments> pickles() {
    return Stream.of(
        Arguments.of("a dictionary in itself", "}q\u0000U\u0001ah\u0000s.", "nesting of at most 100, got deeper or endless nesting"),
        Arguments.of("a list in itself", "]q\u0000h\u0000a.", "nesting of at most 100, got deeper or endless nesting"),
        Arguments.of("deep lists", "]".repeat(5_000) + "a".repeat(4_999) + ".", "nesting of at most 100, got deeper or endless nesting"),
        Arguments.of("lists that double", doubling(60), "at most 4000000 values, got more, by sharing"),
        Arguments.of("many values", "(" + "}".repeat(300_000) + "l.", "at most 2"),
        Arguments.of("a value copied for ever", "]q\u0000" + "(" + "h\u0000".repeat(300_000) + "l.", "at most 2"),
        Arguments.of(
            "a dtype whose byte order has no hash",
            "cnumpy\ndtype\n(U\u0002f4tR(K\u0003]q\u0000h\u0000aNNNtb.",
            "a little-endian dtype, got ArrayList"),
        Arguments.of("a text longer than the file", "X\u00ff\u00ff\u00ff\u007f.", "2147483647 more bytes"),
        Arguments.of(
            "a huge storage",
            tensor(floats("0", Integer.MAX_VALUE), "K\u0000", "K\u0001", "K\u0001") + ".",
            "a storage of at most "),
        Arguments.of("a negative storage", tensor(floats("0", -1), "K\u0000", "K\u0000", "K\u0001") + ".", "a storage of at most "),
        Arguments.of("an expanded tensor", tensor(floats("0", 1), "K\u0000", whole(1 << 30), "K\u0000") + ".", "a tensor of at most "),
        Arguments.of(
            "sizes whose product has no number",
            tensor(floats("0", 1), "K\u0000", whole(1 << 30).repeat(5), "K\u0000".repeat(5)) + ".",
            "a size below 2^63"),
        Arguments.of(
            "an offset beyond",
            tensor(floats("0", 1), "\u008a\u0008" + "\u00ff".repeat(7) + "\u007f", "K\u0001", "K\u0001") + ".",
            "a view within its storage of 1 elements"),
        Arguments.of(
            "a negative offset",
            tensor(floats("0", 4), whole(-1), "K\u0001", "K\u0001") + ".",
            "a view within its storage of 4 elements"),
        Arguments.of(
            "strides beyond",
            tensor(floats("0", 4), "K\u0000", "K\u0002K\u0002", "K\u0003K\u0001") + ".",
            "a view within its storage of 4 elements"),
        Arguments.of(
            "negative strides",
            tensor(floats("0", 4), "K\u0003", "K\u0002", whole(-1)) + ".",
            "dimensions in [0, 2147483647], got -1"),
        Arguments.of("a whole module", "(U\u0006modulecos\nsystem\nU\u0001aU\u0001atQ.", "plain data, got global 'os.system'"),
        Arguments.of(
            "a module of no class",
            "(U\u0006moduleNU\u0001aU\u0001atQ.",
            "a dictionary of tensors (state_dict), got a whole module"),
        Arguments.of("a call of a type", "ctorch\nFloatStorage\n)R.", "plain data, got a call of 'torch.FloatStorage'"),
        Arguments.of(
            "a type with attributes of a stranger",
            "ctorch._tensor\n_rebuild_from_type_v2\n(cnumpy\ndtype\nctorch\nTensor\n(U\u0002f4t}tR.",
            "a tensor with attributes"),
        Arguments.of("an object", "cargparse\nNamespace\n)\u0081}b.", "plain data, got global 'argparse.Namespace'"));
  }

  /** Each list has the one before twice. */
  private static String doubling(int times) {
    StringBuilder pickle = new StringBuilder("]q").append((char) 0);
    for (int i = 0; i < times; i++) {
      pickle.append("(h").append((char) i).append('h').append((char) i).append("lq").append((char) (i + 1));
    }
    return pickle.append('.').toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pickles")
  void refused(String what, String pickle, String message) throws IOException {
    byte[] none = ByteBuffer.allocate(8).array();
    for (Path file :
        List.of(
            PyTorchArchives.zip(folder.resolve("hostile.pt"), HEAD + pickle, Map.of("0", none)),
            PyTorchArchives.stream(folder.resolve("hostile.pth"), HEAD + pickle, NO_KEYS))) {
      BadInput refusal = Mutations.refused(file, SPARE_BYTES, path -> PyTorchFile.open(path).close());
      assertThat(refusal).hasMessageStartingWith("PyTorch checkpoint: expected " + message).hasMessageEndingWith(" (" + file + ")");
    }
  }

  @Test
  void tooManyEntries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i <= 20_000; i++) {
      entries.put("data/" + i, new byte[0]);
    }
    entries.put("data.pkl", PyTorchArchives.bytes(HEAD + "}."));
    Path file = PyTorchArchives.entries(folder.resolve("many.pt"), entries);
    assertThat(Mutations.refused(file, SPARE_BYTES, path -> PyTorchFile.open(path).close()))
        .hasMessage("PyTorch checkpoint: expected at most 20000 entries in the archive, got 20002 (" + file + ")");
  }

  @Test
  void otherByteOrders() throws IOException {
    byte[] order = "big".getBytes(StandardCharsets.US_ASCII);
    Map<String, byte[]> entries = Map.of("data.pkl", PyTorchArchives.bytes(HEAD + "}."), "byteorder", order);
    Path file = PyTorchArchives.entries(folder.resolve("big.pt"), entries);
    assertThatThrownBy(() -> PyTorchFile.open(file))
        .isInstanceOf(BadInput.class)
        .hasMessage("PyTorch checkpoint: expected little-endian storages, got big-endian ones (" + file + ")");
  }

  /** A thousand views of one storage, each as large as it. */
  @Test
  void overlappingViews() throws IOException {
    int elements = 100_000;
    String first = floats("0", elements) + "q\u0000";
    StringBuilder pickle = new StringBuilder(HEAD + "](" + tensor(first, "K\u0000", whole(elements), "K\u0001"));
    for (int i = 1; i < 1_000; i++) {
      pickle.append(tensor("(h\u0000", "K\u0000", whole(elements), "K\u0001"));
    }
    Path file = PyTorchArchives.zip(folder.resolve("views.pt"), pickle.append("e.").toString(), Map.of("0", new byte[4 * elements]));
    try (PyTorchFile opened = PyTorchFile.open(file)) {
      List<PyTorchTensor> tensors = ((List<?>) opened.content()).stream().map(PyTorchTensor.class::cast).toList();
      opened.requireReadable(tensors.subList(0, 2));
      assertThatThrownBy(() -> opened.requireReadable(tensors))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("bytes together, got 400000000 (" + file + ")");
    }
  }

  /** Parts of a storage have names of their own before PyTorch 0.4, and Python 2 wrote the texts. */
  @Test
  void partsOfStorages() throws IOException {
    String part = "((U\u0007storagectorch\nFloatStorage\nU\u0001aU\u0006cuda:0K\u0006(U\u0001bK\u0002K\u0003ttQ";
    String old = "ctorch._utils\n_rebuild_tensor\n" + part + "K\u0001(K\u0002t(K\u0001ttR";
    ByteBuffer storage = ByteBuffer.allocate(8 + 6 * 4).order(ByteOrder.LITTLE_ENDIAN).putLong(6);
    for (int i = 0; i < 6; i++) {
      storage.putFloat(10 * i);
    }
    String pickle = HEAD + "}" + text("weight") + old + "s.";
    Path file = PyTorchArchives.stream(folder.resolve("old.pt"), pickle, HEAD + "]U\u0001aa.", storage.array());
    try (PyTorchFile opened = PyTorchFile.open(file)) {
      PyTorchTensor tensor = (PyTorchTensor) ((Map<?, ?>) opened.content()).get("weight");
      ByteBuffer values = opened.read(tensor).data();
      assertThat(new float[] {values.getFloat(), values.getFloat()}).containsExactly(30, 40);
    }
    String beyond = old.replace("K\u0002K\u0003ttQ", "K\u0004K\u0003ttQ");
    Path wrong = PyTorchArchives.stream(folder.resolve("wrong.pt"), HEAD + beyond + ".", HEAD + "]U\u0001aa.", storage.array());
    assertThatThrownBy(() -> PyTorchFile.open(wrong))
        .isInstanceOf(BadInput.class)
        .hasMessage("PyTorch checkpoint: expected a view within its storage of 6 elements, got offset 4, size 3 (" + wrong + ")");
  }

  /** A part of an entry is not read before all of it was held against its checksum. */
  @Test
  void damagedBesideTheView() throws IOException {
    String pickle = HEAD + tensor(floats("0", 4), "K\u0000", "K\u0002", "K\u0001") + ".";
    byte[] values = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26};
    Path file = PyTorchArchives.zip(folder.resolve("damaged.pt"), pickle, Map.of("0", values));
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf((char) 26, 200);
    bytes[at]++;
    Files.write(file, bytes);
    try (PyTorchFile opened = PyTorchFile.open(file)) {
      assertThatThrownBy(() -> opened.read((PyTorchTensor) opened.content()))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("expected the checksum of 'archive/data/0', got another one");
    }
  }
}
