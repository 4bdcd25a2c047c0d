package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.testing.Mutations;
import dev.sparrow.units.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {

  private static final String ONE = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

  @TempDir private Path folder;

  /** A file assembled by hand from the format's description. */
  @Test
  void readsAHandMadeFile() throws IOException {
    Path file =
        file("{'__metadata__':{'k':'v'},'b':{'dtype':'U8','shape':[3],'data_offsets':[8,11]},"
                + "'a':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]}}",
            0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0, 7, 8, 9);
    try (SafetensorsFile tensors = Safetensors.read(file)) {
      assertThat(tensors.names()).containsExactly("b", "a");
      assertThat(tensors.metadata()).containsExactly(Map.entry("k", "v"));
      assertThat(tensors.entry("a")).isEqualTo(new TensorEntry(DType.F32, Shape.of(1, 2), 0, 8));
      TensorData a = tensors.get("a");
      assertThat(a.data().getFloat(0)).isEqualTo(1f);
      assertThat(a.data().getFloat(4)).isEqualTo(-2f);
      ByteBuffer b = ByteBuffer.allocate(3);
      tensors.readInto("b", b);
      assertThat(b.array()).containsExactly(7, 8, 9);
    }
  }

  /** What {@code safetensors.numpy.save} 0.8.0 wrote of a float matrix, an integer scalar and a mask. */
  @Test
  void readsAFileOfTheOfficialLibrary() throws IOException {
    String official =
        "c8000000000000007b225f5f6d657461646174615f5f223a7b22666f726d6174223a227074227d2c226e223a7b226474797065223a22493634222c22"
            + "7368617065223a5b5d2c22646174615f6f666673657473223a5b302c385d7d2c2261223a7b226474797065223a22463332222c227368617065223a5b"
            + "312c325d2c22646174615f6f666673657473223a5b382c31365d7d2c226d61736b223a7b226474797065223a22424f4f4c222c227368617065223a5b"
            + "335d2c22646174615f6f666673657473223a5b31362c31395d7d7d2007000000000000000000c03f000000c0010001";
    Path file = Files.write(folder.resolve("official"), HexFormat.of().parseHex(official));
    try (SafetensorsFile tensors = Safetensors.read(file)) {
      assertThat(tensors.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(tensors.get("a"))
          .isEqualTo(new TensorData(DType.F32, Shape.of(1, 2), littleEndian(8).putFloat(1.5f).putFloat(-2f).flip()));
      assertThat(tensors.get("n")).isEqualTo(new TensorData(DType.I64, Shape.of(), littleEndian(8).putLong(7).flip()));
      assertThat(tensors.get("mask")).isEqualTo(new TensorData(DType.BOOL, Shape.of(3), ByteBuffer.wrap(new byte[] {1, 0, 1})));
    }
  }

  /** The very bytes: length, header in the order given and padded to 8, wide elements first in the data. */
  @Test
  void writesTheFormat() throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("m", new TensorData(DType.BOOL, Shape.of(1), ByteBuffer.wrap(new byte[] {1})));
    tensors.put("w", new TensorData(DType.I16, Shape.of(), littleEndian(2).putShort((short) 0x0203).flip()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String sha256 = Safetensors.write(out, tensors, Map.of("k", "v"));
    String json =
        "{'__metadata__':{'k':'v'},'m':{'dtype':'BOOL','shape':[1],'data_offsets':[2,3]},'w':{'dtype':'I16','shape':[],'data_offsets':[0,2]}}"
            .replace('\'', '"');
    assertThat(json).hasSize(132);
    ByteBuffer expected = littleEndian(8 + 136 + 3).putLong(136).put((json + "    ").getBytes(StandardCharsets.UTF_8));
    expected.put(new byte[] {3, 2, 1});
    assertThat(out.toByteArray()).isEqualTo(expected.array());
    Path copy = Files.write(folder.resolve("copy"), out.toByteArray());
    assertThat(sha256).isEqualTo(Checksums.sha256(copy));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void roundTrip(DType dtype) throws IOException {
    byte[] bytes = new byte[dtype.bytes() * 6];
    new SplittableRandom(dtype.ordinal()).nextBytes(bytes);
    Path file = folder.resolve("t.safetensors");
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("empty", new TensorData(dtype, Shape.of(0, 4), ByteBuffer.allocate(0)));
    tensors.put("direct", new TensorData(dtype, Shape.of(2, 3), ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()));
    tensors.put("größe\n\"", new TensorData(dtype, Shape.of(6), ByteBuffer.wrap(bytes)));
    String sha256 = Safetensors.write(file, tensors, Map.of());
    assertThat(sha256).isEqualTo(Checksums.sha256(file));
    try (SafetensorsFile read = Safetensors.read(file)) {
      assertThat(read.names()).containsExactlyElementsOf(tensors.keySet());
      assertThat(read.metadata()).isEmpty();
      for (String name : read.names()) {
        assertThat(read.get(name)).isEqualTo(tensors.get(name));
      }
    }
  }

  @Test
  void openFileMayBeReplaced() throws IOException {
    Path file = file(ONE, new byte[8]);
    try (SafetensorsFile old = Safetensors.read(file)) {
      Safetensors.write(file, Map.of(), Map.of());
      assertThat(old.get("a").data().remaining()).isEqualTo(8);
    }
  }

  @Test
  void sizesMustFitTheShape() {
    assertThatThrownBy(() -> new TensorData(DType.F32, Shape.of(2, 3), ByteBuffer.allocate(20)))
        .isInstanceOf(BadInput.class)
        .hasMessage("tensor data: expected 24 bytes, got 20 (F32 2x3)");
    assertThatThrownBy(
            () -> Safetensors.write(
                new ByteArrayOutputStream(), Map.of("__metadata__", new TensorData(DType.U8, Shape.of(0), ByteBuffer.allocate(0))), Map.of()))
        .isInstanceOf(BadInput.class)
        .hasMessage("tensor name: expected anything else, got __metadata__ (safetensors header)");
  }

  @Test
  void unknownTensor() throws IOException {
    Path file = file(ONE, new byte[8]);
    try (SafetensorsFile tensors = Safetensors.read(file)) {
      assertThatThrownBy(() -> tensors.get("b"))
          .isInstanceOf(BadInput.class)
          .hasMessage("tensor: expected 'b', got no tensor of that name (" + file + ")");
      assertThatThrownBy(() -> tensors.readInto("a", ByteBuffer.allocate(4)))
          .isInstanceOf(BadInput.class)
          .hasMessage("tensor 'a': expected 4 bytes, got 8 (" + file + ")");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "[]|safetensors header: expected a JSON object, got ARRAY (FILE)",
    "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9]}}|data_offsets: expected 8 bytes for F32 [2], got 9 (tensor 'a' in FILE)",
    "{'a':{'dtype':'F8','shape':[2],'data_offsets':[0,8]}}|dtype: expected one of [BOOL, U8, I8, U16, I16, U32, I32, U64, I64, F8_E5M2, F8_E4M3, F16, BF16, F32, F64], got 'F8' (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}|shape: expected a list of whole numbers, got NUMBER (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}|shape: expected whole numbers in [0, 2147483647], got -2 (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}|shape: expected whole numbers in [0, 2147483647], got 2.0 (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':[2147483647,2147483647,3],'data_offsets':[0,8]}}|shape: expected a size below 2^63 bytes, got [2147483647, 2147483647, 3] (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':[2]}}|data_offsets: expected [begin, end], got MISSING (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}|data_offsets: expected whole numbers of at least 0, got -8 (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|data_offsets: expected begin 0, got 4 (tensor 'a' in FILE)",
    "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|safetensors data: expected 4 bytes, got 8 (FILE)",
    "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|data_offsets: expected begin 8, got 4 (tensor 'b' in FILE)",
    "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}|safetensors data: expected 16 bytes, got 8 (FILE)",
    "{'__metadata__':{'k':1}}|__metadata__ 'k': expected a string, got NUMBER (FILE)",
    "{'__metadata__':[]}|__metadata__: expected an object of strings, got ARRAY (FILE)",
    "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|safetensors header: expected JSON, got Duplicate field 'a' (FILE)",
  })
  void refusesBadHeaders(String json, String message) throws IOException {
    Path file = file(json, new byte[8]);
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(BadInput.class).hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void refusesBadLengths() throws IOException {
    Path file = folder.resolve("bad");
    Files.write(file, new byte[7]);
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessage("safetensors: expected at least 8 bytes, got 7 (" + file + ")");
    Files.write(file, littleEndian(16).putLong(9).array());
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessage("safetensors header length: expected at most 8, got 9 (" + file + ")");
    Files.write(file, littleEndian(16).putLong(-1).array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage("safetensors header length: expected at most 8, got 18446744073709551615 (" + file + ")");
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none")))
        .hasMessage("safetensors: expected a file, got nothing (" + folder.resolve("none") + ")");
    assertThatThrownBy(() -> Safetensors.read(folder)).hasMessage("safetensors: expected a file, got a folder (" + folder + ")");
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    byte[] whole = Files.readAllBytes(file(ONE, new byte[8]));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("damaged"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file).close()).as("length %d", length).isInstanceOf(BadInput.class);
    }
  }

  private void damage(int count) throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      tensors.put(dtype.name(), new TensorData(dtype, Shape.of(2, 3), ByteBuffer.allocate(6 * dtype.bytes())));
    }
    Path file = folder.resolve("damaged");
    Safetensors.write(file, tensors, Map.of("key", "value 12"));
    Mutations.check(Files.readAllBytes(file), file, count, SafetensorsTest::readAll);
  }

  private static void readAll(Path file) throws IOException {
    try (SafetensorsFile tensors = Safetensors.read(file)) {
      for (String name : tensors.names()) {
        assertThat((long) tensors.get(name).data().remaining()).isEqualTo(tensors.entry(name).bytes());
      }
    }
  }

  @Test
  @Timeout(60)
  void damagedFilesAreReadOrRefused() throws IOException {
    damage(100);
  }

  @Tag("heavy")
  @Test
  @Timeout(600)
  void aThousandMutations() throws IOException {
    damage(1_000);
  }

  private Path file(String json, int... data) throws IOException {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
    }
    return file(json, bytes);
  }

  private Path file(String json, byte[] data) throws IOException {
    byte[] header = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = littleEndian(8 + header.length + data.length).putLong(header.length).put(header).put(data);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
