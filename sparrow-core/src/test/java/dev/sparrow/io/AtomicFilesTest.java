package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  @TempDir private Path folder;

  @Test
  void writesTextBytesStreamsAndChannels() throws IOException {
    AtomicFiles.write(folder.resolve("text"), "grün");
    AtomicFiles.write(folder.resolve("bytes"), new byte[] {1, 2});
    AtomicFiles.write(folder.resolve("stream"), stream -> stream.write(3));
    AtomicFiles.writeChannel(folder.resolve("channel"), channel -> channel.write(ByteBuffer.wrap(new byte[] {4})));
    assertThat(folder.resolve("text")).hasContent("grün");
    assertThat(folder.resolve("bytes")).hasBinaryContent(new byte[] {1, 2});
    assertThat(folder.resolve("stream")).hasBinaryContent(new byte[] {3});
    assertThat(folder.resolve("channel")).hasBinaryContent(new byte[] {4});
    assertThat(names()).containsExactly("bytes", "channel", "stream", "text");
  }

  @Test
  void replacesAndMakesParents() throws IOException {
    Path file = folder.resolve("a/b/file");
    AtomicFiles.write(file, "a long old content");
    AtomicFiles.write(file, "new");
    assertThat(file).hasContent("new");
  }

  @Test
  void oldContentIsThereUntilTheNewIsComplete() throws IOException {
    Path file = folder.resolve("file");
    AtomicFiles.write(file, "old");
    AtomicFiles.write(
        file,
        stream -> {
          stream.write(new byte[1 << 20]);
          assertThat(file).hasContent("old");
        });
    assertThat(file).hasSize(1 << 20);
  }

  @Test
  void aWriterMayRefuseWhatItMade() throws IOException {
    Path file = folder.resolve("file");
    AtomicFiles.write(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.replace(
                    file,
                    fresh -> {
                      Files.writeString(fresh, "new");
                      throw new IllegalStateException("not good enough");
                    }))
        .hasMessage("not good enough");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("file");
    AtomicFiles.replace(file, fresh -> Files.writeString(fresh, "new"));
    assertThat(file).hasContent("new");
  }

  /** On JDK 17 {@code Files.createDirectories} fails for a link to a folder. */
  @Test
  void writesBehindALinkToAFolder() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
    AtomicFiles.write(link.resolve("file"), "content");
    assertThat(folder.resolve("real/file")).hasContent("content");
  }

  @Test
  void failureKeepsTheOldFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("file");
    AtomicFiles.write(file, "old");
    IOConsumer<OutputStream> failing =
        stream -> {
          stream.write(new byte[1 << 20]);
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> AtomicFiles.write(file, failing)).isInstanceOf(IOException.class).hasMessage("No space left on device");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void uncheckedExceptionsCleanUpToo() {
    Path file = folder.resolve("file");
    IOConsumer<OutputStream> failing =
        stream -> {
          throw new IllegalStateException("bug");
        };
    assertThatThrownBy(() -> AtomicFiles.write(file, failing)).isInstanceOf(IllegalStateException.class);
    assertThat(names()).isEmpty();
  }

  private List<String> names() {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
