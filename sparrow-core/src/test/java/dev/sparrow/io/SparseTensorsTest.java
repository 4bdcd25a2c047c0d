package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.testing.Mutations;
import dev.sparrow.units.Shape;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SparseTensorsTest {

  private static final String TENSORS =
      "{'name':'a','dtype':'F32','shape':[5],'stored':'F32','mask':{'rice':0,'values':2},'bytes':9},"
          + "{'name':'b','dtype':'F32','shape':[4,5],'stored':'BF16','mask':{'rice':1,'values':1},'bytes':4},"
          + "{'name':'c','dtype':'U8','shape':[3],'stored':'U8','bytes':3}";

  /** Gaps 1, 2, 0 and the values 1.5, -2; gaps 13, 6 and the value 1; three bytes. */
  private static final String DATA = "32 0000c03f 000000c0 c008 803f 070809";

  private static final String ONE = "{'name':'a','dtype':'F32','shape':[5],'stored':'F32','mask':{'rice':0,'values':2},'bytes':9}";
  private static final String ONE_DATA = "32 0000c03f 000000c0";

  @TempDir private Path folder;

  /** A file put together by hand from the description of the format. */
  private static byte[] file(String metadata, String tensors, String data) {
    byte[] header = ("{'metadata':" + metadata + ",'tensors':[" + tensors + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] bytes = HexFormat.of().parseHex(data.replace(" ", ""));
    ByteBuffer file = ByteBuffer.allocate(16 + header.length + bytes.length + 32).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x89).put("SPARROW".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(header.length).put(header).put(bytes);
    return withChecksum(file.array());
  }

  private static byte[] withChecksum(byte[] file) {
    int end = Math.max(0, file.length - 32);
    byte[] checksum = Checksums.sha256().digest(Arrays.copyOf(file, end));
    byte[] sound = file.clone();
    System.arraycopy(checksum, 0, sound, end, file.length - end);
    return sound;
  }

  private static TensorData floats(Shape shape, float... values) {
    ByteBuffer data = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return new TensorData(DType.F32, shape, data);
  }

  private static Map<String, TensorData> handMade() {
    float[] b = new float[20];
    b[13] = 1;
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("a", floats(Shape.of(5), 0, 1.5f, 0, 0, -2));
    tensors.put("b", floats(Shape.of(4, 5), b));
    tensors.put("c", new TensorData(DType.U8, Shape.of(3), ByteBuffer.wrap(new byte[] {7, 8, 9})));
    return tensors;
  }

  @Test
  void readsAHandMadeFile() throws IOException {
    Path file = Files.write(folder.resolve("hand.sparrow"), file("{'k':'v'}", TENSORS, DATA));
    try (TensorArchive tensors = TensorArchive.open(file)) {
      assertThat(tensors.format()).isEqualTo("sparrow-sparse");
      assertThat(tensors.metadata()).containsExactly(Map.entry("k", "v"));
      assertThat(tensors.names()).containsExactly("a", "b", "c");
      for (Map.Entry<String, TensorData> expected : handMade().entrySet()) {
        assertThat(tensors.get(expected.getKey())).isEqualTo(expected.getValue());
      }
    }
  }

  @Test
  void writesTheHandMadeFile() throws IOException {
    Path file = folder.resolve("written.sparrow");
    SparseTensors.write(file, handMade(), Set.of("b"), Map.of("k", "v"));
    assertThat(file).hasBinaryContent(file("{'k':'v'}", TENSORS, DATA));
  }

  /** Random bits of every type, none to all of them zero, of sizes around those of bytes and words. */
  @ParameterizedTest
  @EnumSource(DType.class)
  void givesBackEveryBit(DType dtype) throws IOException {
    SplittableRandom random = new SplittableRandom(dtype.ordinal());
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (int size : new int[] {0, 1, 2, 7, 8, 9, 63, 64, 65, 1000, 9000}) {
      for (double density : new double[] {0, 0.001, 0.01, 0.1, 0.5, 0.9, 1}) {
        byte[] data = new byte[size * dtype.bytes()];
        for (int i = 0; i < size; i++) {
          if (random.nextDouble() < density) {
            data[i * dtype.bytes() + random.nextInt(dtype.bytes())] = (byte) (dtype == DType.BOOL ? 1 : random.nextInt(256));
          }
        }
        tensors.put(size + " " + density, new TensorData(dtype, Shape.of(size, 1), ByteBuffer.wrap(data)));
      }
    }
    tensors.put("scalar", new TensorData(dtype, Shape.of(), ByteBuffer.allocate(dtype.bytes())));
    Path file = folder.resolve("bits.sparrow");
    SparseTensors.write(file, tensors, Set.of(), Map.of());
    assertSame(file, tensors);
    byte[] first = Files.readAllBytes(file);
    SparseTensors.write(file, tensors, Set.of(), Map.of());
    assertThat(file).hasBinaryContent(first);
  }

  private static void assertSame(Path file, Map<String, TensorData> expected) throws IOException {
    try (TensorArchive read = TensorArchive.open(file)) {
      assertThat(read.names()).containsExactlyElementsOf(expected.keySet());
      for (Map.Entry<String, TensorData> tensor : expected.entrySet()) {
        assertThat(read.get(tensor.getKey())).as(tensor.getKey()).isEqualTo(tensor.getValue());
      }
    }
  }

  /** A negative zero is a value, and so is every NaN. */
  @Test
  void keepsNegativeZerosAndNans() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(40, 0x80000000).putInt(80, 0x7f800001).putInt(120, 0xffc12345).putInt(160, 1);
    Map<String, TensorData> tensors = Map.of("t", new TensorData(DType.F32, Shape.of(100), data));
    Path file = folder.resolve("odd.sparrow");
    SparseTensors.write(file, tensors, Set.of(), Map.of());
    assertSame(file, tensors);
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).contains("\"values\":4");
  }

  /** What is rounded in the file is what is rounded ahead of it, and back. */
  @Test
  void roundsWhatItIsTold() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[3000];
    float[] expected = new float[3000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? (float) random.nextGaussian() : 0;
      expected[i] = rounded(values[i]);
    }
    Path file = folder.resolve("rounded.sparrow");
    Map<String, TensorData> tensors = Map.of("sparse", floats(Shape.of(3000), values), "dense", floats(Shape.of(1), values[3]));
    SparseTensors.write(file, tensors, Set.of("sparse", "dense"), Map.of());
    assertSame(file, Map.of("sparse", floats(Shape.of(3000), expected), "dense", floats(Shape.of(1), expected[3])));
  }

  /** The nearest number with eight significant bits, in doubles; no ties among random numbers. */
  private static float rounded(float value) {
    double unit = Math.ulp(value) * 65536.;
    return (float) (Math.rint(value / unit) * unit);
  }

  /** Reads masks bit by bit, from the description in docs/sparrow-sparse.md. */
  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.1, 3", "0.02, 5", "0.0005, 3"}) // the last with less than 1/256 of its size if it were 6
  void aSlowReaderAgrees(double density, int rice) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[70_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
    }
    Path file = folder.resolve("twin.sparrow");
    SparseTensors.write(file, Map.of("t", floats(Shape.of(values.length), values)), Set.of(), Map.of());
    SlowSparseReader reader = new SlowSparseReader(Files.readAllBytes(file));
    assertThat(reader.rice()).isEqualTo(rice);
    assertThat(reader.floats(values.length)).containsExactly(values);
    assertSame(file, Map.of("t", floats(Shape.of(values.length), values)));
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("bad.sparrow"), bytes);
    assertThatThrownBy(() -> readAll(file)).isInstanceOf(BadInput.class).hasMessage(message.replace("FILE", file.toString()));
  }

  private static void readAll(Path file) throws IOException {
    try (TensorArchive tensors = SparseTensors.read(file)) {
      for (String name : tensors.names()) {
        tensors.get(name);
      }
    }
  }

  @Test
  void refusesWhatIsNoSoundFile() throws IOException {
    byte[] sound = file("{}", ONE, ONE_DATA);
    assertRefused(new byte[0], "sparrow-sparse: expected a file of this format, got another (FILE)");
    assertRefused(Arrays.copyOf(sound, 20), "sparrow-sparse: expected at least 48 bytes, got 20 (FILE)");
    byte[] newer = sound.clone();
    newer[8] = 2;
    assertRefused(withChecksum(newer), "sparrow-sparse version: expected 1, got 2 (FILE)");
    byte[] endless = sound.clone();
    endless[15] = (byte) 0xff;
    assertRefused(
        withChecksum(endless), "sparrow-sparse header length: expected at most " + (sound.length - 48) + ", got " + (0xff000000L + sound.length - 57) + " (FILE)");
    byte[] damaged = sound.clone();
    damaged[sound.length - 33] ^= 1;
    HexFormat hex = HexFormat.of();
    assertRefused(
        damaged,
        "sparrow-sparse checksum: expected " + hex.formatHex(sound, sound.length - 32, sound.length) + ", got "
            + hex.formatHex(withChecksum(damaged), sound.length - 32, sound.length) + " (FILE)");
    Path nothing = folder.resolve("nothing");
    assertThatThrownBy(() -> SparseTensors.read(nothing)).hasMessage("sparrow-sparse: expected a file of this format, got nothing (" + nothing + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[5] | [-5] | shape: expected dimensions of at least 0, less than 2^63 bytes in all, got [-5] (tensor 'a') (FILE, tensors[0])",
        "[5] | [2147483647,2147483647,2] | shape: expected dimensions of at least 0, less than 2^63 bytes in all, got [2147483647, 2147483647, 2] "
            + "(tensor 'a') (FILE, tensors[0])",
        "[5] | [600] | bytes: expected 10 to 2400, got 9 (tensor 'a') (FILE, tensors[0])",
        "'F32','shape' | 'F64','shape' | stored: expected F64, got F32 (tensor 'a') (FILE, tensors[0])",
        "'stored':'F32' | 'stored':'F16' | stored: expected F32 or BF16, got F16 (tensor 'a') (FILE, tensors[0])",
        "'rice':0 | 'rice':31 | rice: expected 0 to 30, got 31 (tensor 'a') (FILE, tensors[0])",
        "'values':2 | 'values':6 | values: expected 0 to 5, got 6 (tensor 'a') (FILE, tensors[0])",
        "'values':2 | 'values':1 | mask: expected a last gap of 3, got a shorter one (tensor 'a' in FILE)",
        "'bytes':9 | 'bytes':8 | bytes: expected 9 to 20, got 8 (tensor 'a') (FILE, tensors[0])",
        "'bytes':9 | 'bytes':10 | tensor 'a': expected at most the 9 bytes that are left, got 10 (FILE)",
        "'bytes':9} | 'bytes':9},{'name':'a','dtype':'U8','shape':[0],'stored':'U8','bytes':0} | tensor name: expected one 'a', got several (header) (FILE)",
        "'mask':{'rice':0,'values':2}, | '' | bytes: expected 20 for F32 [5], got 9 (tensor 'a') (FILE, tensors[0])",
        "'bytes':9 | 'bytes':9,'more':1 | key: expected one of bytes, dtype, mask, name, shape, stored, got 'tensors[0].more' (FILE)",
        "'rice':0 | 'rice':1 | mask: expected a gap of at most 1, got a longer one (tensor 'a' in FILE)",
      })
  void refusesHeadersThatContradictTheData(String sound, String damaged, String message) throws IOException {
    assertThat(ONE).contains(sound.replace("''", ""));
    assertRefused(file("{}", ONE.replace(sound, damaged.equals("''") ? "" : damaged), ONE_DATA), message);
  }

  /** One byte of a mask may say "a gap of a billion"; a tensor of a billion zeros needs a billionth of 256 in the file. */
  @Test
  void aSmallFileIsNoLargeTensor() throws IOException {
    String huge = ONE.replace("[5]", "[1073741824]").replace("'rice':0,'values':2", "'rice':30,'values':0").replace("'bytes':9", "'bytes':5");
    assertRefused(
        file("{}", huge, "02 00000000"), "bytes: expected 16777216 to 4294967296, got 5 (tensor 'a') (FILE, tensors[0])");
    Map<String, TensorData> zeros = Map.of("t", new TensorData(DType.F32, Shape.of(1 << 20), ByteBuffer.allocate(4 << 20)));
    Path file = folder.resolve("zeros.sparrow");
    SparseTensors.write(file, zeros, Set.of(), Map.of());
    assertThat(Files.size(file)).isBetween((4L << 20) / 256, (4L << 20) / 64);
    assertSame(file, zeros);
  }

  private byte[] mixed() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    Map<String, TensorData> tensors = new LinkedHashMap<>(handMade());
    for (double density : new double[] {0.05, 0.3, 1}) {
      float[] values = new float[300];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
      }
      tensors.put("float32 " + density, floats(Shape.of(3, 100), values));
      tensors.put("bfloat16 " + density, floats(Shape.of(3, 100), values));
    }
    tensors.put("counter", new TensorData(DType.I64, Shape.of(), ByteBuffer.allocate(8).putLong(0, 1L << 56)));
    Path file = folder.resolve("mixed.sparrow");
    SparseTensors.write(file, tensors, Set.of("bfloat16 0.05", "bfloat16 0.3", "bfloat16 1.0"), Map.of("about", "everything"));
    return Files.readAllBytes(file);
  }

  private void mutate(int count) throws IOException {
    byte[] whole = mixed();
    Path file = folder.resolve("mutated.sparrow");
    Path forged = folder.resolve("forged.sparrow");
    Mutations.check(whole, file, count, SparseTensorsTest::readAll);
    Mutations.check(whole, file, count, damaged -> readAll(Files.write(forged, withChecksum(Files.readAllBytes(damaged)))));
    int header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    byte[] data = Arrays.copyOfRange(whole, 16 + header, whole.length - 32);
    Mutations.check(
        data,
        file,
        count,
        damaged -> {
          byte[] changed = whole.clone();
          byte[] bytes = Files.readAllBytes(damaged);
          System.arraycopy(bytes, 0, changed, 16 + header, Math.min(bytes.length, data.length));
          readAll(Files.write(forged, withChecksum(changed)));
        });
  }

  /** Damaged files, damaged files with a checksum that fits, and damaged masks and values below a sound header. */
  @ParameterizedTest
  @ValueSource(ints = 40)
  void damageIsRefusedOrRead(int count) throws IOException {
    mutate(count);
  }

  @Tag("heavy")
  @Test
  void aThousandMutations() throws IOException {
    mutate(1_000);
  }
}
