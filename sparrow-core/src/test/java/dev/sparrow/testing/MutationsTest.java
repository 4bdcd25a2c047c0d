package dev.sparrow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationsTest {

  private static final byte[] WHOLE =
      "a file of 64 bytes, with the numbers 12, 345 and 6789, and more.".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("file");
  }

  @Test
  void damageIsSeededAndOfEveryKind() {
    Set<Integer> lengths = new HashSet<>();
    Set<String> contents = new HashSet<>();
    for (int seed = 0; seed < 1_000; seed++) {
      byte[] damaged = Damage.of(WHOLE, seed);
      assertThat(Damage.of(WHOLE, seed)).isEqualTo(damaged);
      lengths.add(damaged.length);
      contents.add(new String(damaged, StandardCharsets.ISO_8859_1));
    }
    assertThat(contents).hasSizeGreaterThan(900);
    assertThat(lengths).contains(0).anyMatch(length -> length > WHOLE.length).anyMatch(length -> length < WHOLE.length);
    assertThat(contents).anyMatch(text -> text.contains("numbers 9223372036854775807,"));
    assertThat(contents).anyMatch(text -> text.contains("\u00ff\u00ff\u00ff\u007f"));
    assertThat(WHOLE).hasSize(64);
  }

  @Test
  void aSoundReaderPasses() throws IOException {
    Mutations.check(
        WHOLE,
        file(),
        50,
        path -> {
          if (!Arrays.equals(Files.readAllBytes(path), WHOLE)) {
            throw BadInput.data("file", "the sound one", "another", path);
          }
        });
    assertThat(file()).hasBinaryContent(WHOLE);
  }

  @Test
  void crashesAreFound() {
    assertThatThrownBy(() -> Mutations.check(WHOLE, file(), 50, path -> ByteBuffer.wrap(Files.readAllBytes(path)).get(new byte[64])))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("seed [0-9]+: expected a read or a BadInput, got java.nio.BufferUnderflowException");
  }

  @Test
  void unclearErrorsAreFound() {
    assertThatThrownBy(() -> Mutations.check(WHOLE, file(), 50, MutationsTest::unclear)).isInstanceOf(AssertionError.class);
  }

  private static void unclear(Path path) throws IOException {
    if (!Arrays.equals(Files.readAllBytes(path), WHOLE)) {
      throw new IOException("odd");
    }
  }

  @Test
  void memoryIsFound() {
    for (boolean direct : new boolean[] {false, true}) {
      assertThatThrownBy(() -> Mutations.check(WHOLE, file(), 50, path -> greedy(path, direct)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("bytes taken, seed ");
    }
    assertThatCode(() -> Mutations.check(WHOLE, file(), 3, 1 << 24, path -> greedy(path, false))).doesNotThrowAnyException();
  }

  private static void greedy(Path path, boolean direct) throws IOException {
    int bytes = 5 << 20;
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    assertThat(buffer.put(Files.readAllBytes(path)).position()).isGreaterThanOrEqualTo(0);
  }
}
