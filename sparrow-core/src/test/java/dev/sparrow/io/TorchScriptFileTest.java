package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.testing.TorchScripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that libtorch would read without a second look. */
class TorchScriptFileTest {

  @TempDir private Path folder;

  /** A program's archive with one more entry, compressed. */
  private Path archiveWith(String name, int zeros) throws IOException {
    Path file = folder.resolve("model.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : new String[] {"model/data.pkl", "model/constants.pkl", name}) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(new byte[entry.equals(name) ? zeros : 1]);
      }
    }
    return file;
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> TorchScriptFile.check(file))
        .isInstanceOf(BadInput.class)
        .hasMessage("TorchScript model: expected " + message + " (" + file + ")");
  }

  @Test
  void soundArchivesPass() throws IOException {
    assertThat(TorchScriptFile.recognises(TorchScripts.file("traced"))).isTrue();
    assertThat(TorchScriptFile.recognises(TorchScripts.resource("/torchscript/README.md"))).isFalse();
    assertThat(TorchScriptFile.recognises(folder)).isFalse();
    assertThatCode(() -> TorchScriptFile.check(TorchScripts.file("traced"))).doesNotThrowAnyException();
    assertThatCode(() -> TorchScriptFile.check(archiveWith("model/code/a.py", 1 << 20))).doesNotThrowAnyException();
  }

  /** A byte of a weight. */
  @Test
  void checksumsAreLookedAt() throws IOException {
    byte[] whole = Files.readAllBytes(TorchScripts.file("traced"));
    String name = "traced/data/0";
    int data = new String(whole, StandardCharsets.ISO_8859_1).indexOf(name) + name.length();
    byte[] changed = whole.clone();
    changed[data + 8] ^= 1;
    assertRefused(Files.write(folder.resolve("changed.pt"), changed), "the checksum of 'traced/data/0', got another one");
  }

  @Test
  void nothingBecomesMuchLargerThanTheFile() throws IOException {
    assertRefused(archiveWith("model/code/a.py", 40 << 20), "entries that fit into the archive, got more bytes than it has");
  }

  @Test
  void namesStayInTheArchive() throws IOException {
    assertRefused(archiveWith("model/../a", 1), "plain names in the archive, got 'model/../a'");
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(TorchScripts.file("traced"));
    for (int length : new int[] {4, 100, whole.length / 2, whole.length - 1}) {
      Path file = Files.write(folder.resolve("short.pt"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TorchScriptFile.check(file)).isInstanceOf(BadInput.class).hasMessageContaining("expected a whole zip archive, got ");
    }
  }
}
