package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestrictedUnpicklerTest {

  /** The layout of the official CIFAR files: Python 2's cPickle, protocol 2, str for keys, names and pixels. */
  private static final byte[] PYTHON2 =
      ("\u0080\u0002}q\u0001(U\u0004dataq\u0002cnumpy.core.multiarray\n_reconstruct\nq\u0003cnumpy\nndarray\nq\u0004K\u0000\u0085q\u0005"
              + "U\u0001bq\u0006\u0087q\u0007Rq\b(K\u0001K\u0002K\u0003\u0086q\tcnumpy\ndtype\nq\nU\u0002u1q\u000bK\u0000K\u0001\u0087q\fRq\r"
              + "(K\u0003U\u0001|q\u000eNNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tq\u000fb\u0089"
              + "T\u0006\u0000\u0000\u0000\u0000\u0001\u0080\u00fe\u00ff\nq\u0010tq\u0011bU\u0006labelsq\u0012]q\u0013(K\u0003K\u0009e"
              + "U\tfilenamesq\u0014]q\u0015U\u0005a.pngq\u0016au.")
          .getBytes(StandardCharsets.ISO_8859_1);

  @TempDir private Path folder;

  @Test
  void python2Batch() throws IOException {
    Path file = Files.write(folder.resolve("data_batch_1"), PYTHON2);
    Map<?, ?> batch = (Map<?, ?>) RestrictedUnpickler.read(file);
    assertThat(batch.keySet().stream().map(String.class::cast)).containsExactly("data", "labels", "filenames");
    assertArray(batch.get("data"), DType.U8, Shape.of(2, 3), 0, 1, 0x80, 0xfe, 0xff, '\n');
    assertThat(batch.get("labels")).isEqualTo(List.of(3L, 9L));
    assertThat(batch.get("filenames")).isEqualTo(List.of("a.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {PickleFixtures.CIFAR2, PickleFixtures.CIFAR4, PickleFixtures.CIFAR5})
  void python3Batch(String hex) {
    Map<?, ?> batch = (Map<?, ?>) read(hex);
    assertThat(batch.get("labels")).isEqualTo(List.of(6L, 9L));
    assertArray(batch.get("data"), DType.U8, Shape.of(2, 6), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @ParameterizedTest
  @ValueSource(strings = {PickleFixtures.PLAIN2, PickleFixtures.PLAIN4})
  void plainValues(String hex) {
    Map<?, ?> values = (Map<?, ?>) read(hex);
    assertThat(values.get("n")).isEqualTo(PickledNone.NONE);
    assertThat(values.get("t")).isEqualTo(true);
    assertThat(values.get("f")).isEqualTo(false);
    assertThat(values.get("i"))
        .isEqualTo(List.of(0L, 255L, 65535L, -1L, 1L << 31, Long.MIN_VALUE, BigInteger.TWO.pow(63)));
    assertThat(values.get("x")).isEqualTo(1.5);
    assertThat(values.get("s")).isEqualTo("grün");
    assertThat((byte[]) values.get("b")).containsExactly(0, 0xff);
    assertThat((byte[]) values.get("e")).isEmpty();
    assertThat(values.get("u")).isEqualTo(List.of(1L, 2L, 3L, 4L));
    assertThat(values.get("o")).isEqualTo(List.of());
    assertThat(values.get("l")).isEqualTo(List.of(List.of()));
  }

  @Test
  void protocol0Numbers() {
    assertThat(read(PickleFixtures.PROTO0))
        .isEqualTo(List.of(1L, true, false, PickledNone.NONE, 2.5, List.of(1L, 2L), Map.of(3L, 4L), BigInteger.TEN.pow(20).negate()));
  }

  @Test
  void orderedDictOfPython3And2() {
    assertThat(read(PickleFixtures.ORDERED)).isEqualTo(Map.of("a", 1L, "b", 2L));
    assertThat(text("\u0080\u0002ccollections\nOrderedDict\n](](U\u0001aK\u0001ee\u0085R.")).isEqualTo(Map.of("a", 1L));
  }

  /** numpy's [[0, 1, 2], [3, 4, 5]] stored column by column. */
  @ParameterizedTest
  @ValueSource(strings = {PickleFixtures.FORTRAN, PickleFixtures.FORTRAN5})
  void fortranOrder(String hex) {
    assertArray(read(hex), DType.I16, Shape.of(2, 3), 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0);
  }

  @Test
  void floatArray() {
    ByteBuffer expected = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2f);
    assertThat(((PickledArray) read(PickleFixtures.FLOATS)).data()).isEqualTo(expected.flip());
  }

  @Test
  void sharedListsAreFine() {
    assertThat(read(PickleFixtures.SHARED)).isEqualTo(List.of(List.of(1L), List.of(1L)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    PickleFixtures.EVIL + "|plain data, got global 'posix.system'",
    PickleFixtures.EVIL2 + "|plain data, got global 'posix.system'",
    PickleFixtures.SET + "|plain data, got opcode 0x8f EMPTY_SET",
    PickleFixtures.CYCLE + "|nesting of at most 100, got deeper or endless nesting",
    PickleFixtures.BIG + "|a little-endian dtype, got '>'",
    PickleFixtures.OBJ + "|a dtype of [b1, f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8], got 'O8'",
  })
  void refusedByName(String hex, String message) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(BadInput.class).hasMessage("pickle: expected " + message + " (test)");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "cos\\nsystem\\n.|plain data, got global 'os.system'",
    "cbuiltins\\neval\\n.|plain data, got global 'builtins.eval'",
    "cnumpy\\nndarray\\n.|plain data, got global 'numpy.ndarray'",
    "cnumpy\\nndarray\\n)R.|plain data, got a call of 'numpy.ndarray'",
    "cnumpy\\ndtype\\nU\\x02u1\\x85R.|plain data, got NumpyDtype",
    "cnumpy.core.multiarray\\n_reconstruct\\ncnumpy\\nndarray\\nNN\\x87R.|plain data, got an array without content",
    "K\\x01)R.|PickleGlobal, got Long",
    "Pid\\n.|plain data, got opcode 0x50 PERSID",
    "K\\x01)\\x81.|plain data, got opcode 0x81 NEWOBJ",
    "\\xff.|plain data, got opcode 0xff (unknown)",
    "\\x80\\x06.|protocol of at most 5, got 6",
    "T\\xff\\xff\\xff\\x7f.|2147483647 more bytes, got 1",
    "\\x8e\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff.|18446744073709551615 more bytes, got 1",
    "\\x8b\\x00\\x01\\x00\\x00.|an integer of at most 255 bytes, got 256",
    "X\\x01\\x00\\x00\\x00\\xff.|UTF-8 text, got other bytes",
    "h\\x07.|a memo entry 7, got none",
    ".|a value on the stack, got nothing",
    "(.|a value on the stack, got a mark",
    "e.|a mark on the stack, got none",
    "(K\\x01e.|a value on the stack, got nothing",
    "K\\x01K\\x02a.|ArrayList, got Long",
    ")K\\x02a.|ArrayList, got ListN",
    "}(K\\x01u.|keys and values in pairs, got 1 items",
    "}]K\\x02s.|a dictionary key that is a text or a number, got ArrayList",
    "Ix\\n.|a whole number, got 'x'",
    "Fx\\n.|a number, got 'x'",
    "gx\\n.|a memo index, got 'x'",
    "N|1 more bytes, got 0",
  })
  void refusedPrograms(String program, String message) {
    assertThatThrownBy(() -> text(unescaped(program)))
        .isInstanceOf(BadInput.class)
        .hasMessage("pickle: expected " + message + " (test)");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(text("]".repeat(50) + "a".repeat(49) + ".")).isInstanceOf(List.class);
    assertThatThrownBy(() -> text("]".repeat(100_000) + "a".repeat(99_999) + "."))
        .isInstanceOf(BadInput.class)
        .hasMessage("pickle: expected nesting of at most 100, got deeper or endless nesting (test)");
  }

  /** A list that holds the list before it twice, forty times over: 2^40 values in 160 bytes. */
  @Test
  void sharingThatMultipliesIsRefused() {
    assertThatThrownBy(() -> text("]" + "2\u0086".repeat(40) + "."))
        .isInstanceOf(BadInput.class)
        .hasMessage("pickle: expected at most 4000000 values, got more, by sharing (test)");
  }

  /** 200 KB of text, turned into bytes again and again. */
  @Test
  void copiesOfOneValueAreLimited() {
    String text = "X\u0000\u0000\u0003\u0000" + "x".repeat(3 << 16) + "q\u0000X\u0006\u0000\u0000\u0000latin1q\u0001c_codecs\nencode\nq\u0002]";
    String copy = "h\u0002h\u0000h\u0001\u0086Ra";
    assertThat((List<?>) text(text + copy.repeat(2) + ".")).hasSize(2);
    assertThatThrownBy(() -> text(text + copy.repeat(1_000) + "."))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("expected each value to be converted once");
  }

  @Test
  void hugeShapeOfLittleData() {
    byte[] pickle = PYTHON2.clone();
    int shape = new String(pickle, StandardCharsets.ISO_8859_1).indexOf("K\u0002K\u0003\u0086");
    pickle[shape + 1] = 77;
    assertThatThrownBy(() -> RestrictedUnpickler.read(pickle, "test"))
        .isInstanceOf(BadInput.class)
        .hasMessage("pickle: expected 231 bytes for U8 [77, 3], got 6 (test)");
  }

  @Test
  void truncatedAnywhere() {
    for (byte[] whole : List.of(PYTHON2, bytes(PickleFixtures.PLAIN2), bytes(PickleFixtures.CIFAR4), bytes(PickleFixtures.CIFAR5))) {
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> RestrictedUnpickler.read(part, "test")).as("length %d", length).isInstanceOf(BadInput.class);
      }
    }
  }

  @Test
  void damagedAnywhere() {
    SplittableRandom random = new SplittableRandom(20260);
    int refused = 0;
    for (byte[] whole : List.of(PYTHON2, bytes(PickleFixtures.PLAIN2), bytes(PickleFixtures.PLAIN4), bytes(PickleFixtures.CIFAR5))) {
      for (int trial = 0; trial < 5_000; trial++) {
        byte[] damaged = whole.clone();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          RestrictedUnpickler.read(damaged, "test");
        } catch (BadInput expected) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void missingFile() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> RestrictedUnpickler.read(none)).hasMessage("pickle: expected a file, got nothing (" + none + ")");
    assertThatThrownBy(() -> RestrictedUnpickler.read(folder)).hasMessage("pickle: expected a file, got a folder (" + folder + ")");
  }

  private static void assertArray(Object value, DType dtype, Shape shape, int... expected) {
    PickledArray array = (PickledArray) value;
    byte[] bytes = new byte[array.data().remaining()];
    array.data().get(bytes);
    assertThat(array.dtype()).isEqualTo(dtype);
    assertThat(array.shape()).isEqualTo(shape);
    assertThat(bytes).containsExactly(expected);
  }

  private static Object read(String hex) {
    return RestrictedUnpickler.read(bytes(hex), "test");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** Reads a pickle written as Latin-1 text. */
  private static Object text(String pickle) {
    return RestrictedUnpickler.read(pickle.getBytes(StandardCharsets.ISO_8859_1), "test");
  }

  /** Undoes {@code \n} and {@code \xNN}. */
  private static String unescaped(String program) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < program.length(); i++) {
      if (program.startsWith("\\n", i)) {
        text.append('\n');
        i++;
      } else if (program.startsWith("\\x", i)) {
        text.append((char) Integer.parseInt(program.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        text.append(program.charAt(i));
      }
    }
    return text.toString();
  }
}
