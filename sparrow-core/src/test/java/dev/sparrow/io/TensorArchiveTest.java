package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which reader gets a file. */
class TensorArchiveTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"not a file of weights", "\u0008\u0007\u0012\u0007sparrow and the rest of a model"})
  void otherFilesAreCalledOther(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("other"), content, StandardCharsets.UTF_8);
    assertThatThrownBy(() -> TensorArchive.open(file))
        .isInstanceOf(BadInput.class)
        .hasMessage("weights: expected a PyTorch, safetensors or sparrow-sparse file, got another (" + file + ")");
  }

  @Test
  void aCutHeaderIsStillOneOfSafetensors() throws IOException {
    Path file = Files.write(folder.resolve("cut"), new byte[] {2, 0, 0});
    assertThatThrownBy(() -> TensorArchive.open(file)).hasMessage("safetensors: expected at least 8 bytes, got 3 (" + file + ")");
  }

  @Test
  void safetensorsWhateverTheName() throws IOException {
    Path file = folder.resolve("weights.bin");
    Safetensors.write(file, Map.of(), Map.of("a", "b"));
    try (TensorArchive archive = TensorArchive.open(file)) {
      assertThat(archive.format()).isEqualTo("safetensors");
      assertThat(archive.metadata()).containsExactly(Map.entry("a", "b"));
    }
  }
}
