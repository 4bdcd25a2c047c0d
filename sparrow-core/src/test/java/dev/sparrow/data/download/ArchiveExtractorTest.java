package dev.sparrow.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.io.Checksums;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveExtractorTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.tar", "a.tar.gz", "a.tgz", "a.zip"})
  void unpacksFilesAndFolders(String name) throws IOException {
    Path archive = archive(name, "top/", "top/file", "./top/deep/er/file", "top//empty/");
    new ArchiveExtractor().extract(archive, "top", folder.resolve("out"));
    assertThat(folder.resolve("out/file")).hasContent("content of top/file");
    assertThat(folder.resolve("out/deep/er/file")).hasContent("content of ./top/deep/er/file");
    assertThat(folder.resolve("out/empty")).isEmptyDirectory();
    assertThat(names(folder)).containsExactly(name, "out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../evil", "top/../evil", "top/../../evil", "other/file", "file", "top\\..\\evil", "C:/evil", "top/C:evil", "."})
  void refusesPathsOutside(String path) throws IOException {
    for (String name : List.of("a.tar.gz", "a.zip")) {
      Path archive = archive(name, "top/good", path);
      String message = "archive entry: expected a path inside 'top', got '" + path + "' (" + archive + ")";
      // The writers turn backslashes into slashes on the way in; either way the entry is refused.
      assertThatThrownBy(() -> new ArchiveExtractor().extract(archive, "top", folder.resolve("out")))
          .isInstanceOf(BadInput.class)
          .satisfies(e -> assertThat(e.getMessage().replace('\\', '/')).isEqualTo(message.replace('\\', '/')));
      assertNothingBut(name);
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO})
  void refusesLinksAndDevices(byte kind) throws IOException {
    Path archive = folder.resolve("a.tar");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      TarArchiveEntry entry = new TarArchiveEntry("top/link", kind);
      entry.setLinkName("/etc/passwd");
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    assertRefused(new ArchiveExtractor(), archive, "archive entry: expected a file or a folder, got a link or device 'top/link'");
  }

  @Test
  void refusesLinksInZip() throws IOException {
    Path archive = folder.resolve("a.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("top/link");
      entry.setUnixMode(0120777);
      zip.putArchiveEntry(entry);
      zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    assertRefused(new ArchiveExtractor(), archive, "archive entry: expected a file or a folder, got a link or device 'top/link'");
  }

  @Test
  void refusesRepeatedPaths() throws IOException {
    assertRefused(
        new ArchiveExtractor(), archive("a.tar", "top/a", "top/./a"), "archive entry: expected each path once, got 'top/./a' again");
    assertRefused(
        new ArchiveExtractor(), archive("a.tar", "top/a", "top/a/b"), "archive entry: expected each path once, got 'top/a/b' again");
  }

  @Test
  void refusesTooMany() throws IOException {
    Path archive = archive("a.tar.gz", "top/1", "top/2", "top/3");
    assertRefused(new ArchiveExtractor(2, 1_000), archive, "archive: expected at most 2 entries, got more");
    int content = 3 * "content of top/1".length();
    assertRefused(new ArchiveExtractor(3, content - 1), archive, "archive: expected at most 47 bytes of content, got more");
    new ArchiveExtractor(3, content).extract(archive, "top", folder.resolve("out"));
    assertThat(names(folder.resolve("out"))).containsExactly("1", "2", "3");
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Path archive = Files.writeString(folder.resolve("a.rar"), "x");
    assertRefused(new ArchiveExtractor(), archive, "archive: expected a name ending in .tar.gz, .tgz, .tar or .zip, got a.rar");
    Files.delete(archive);
    assertRefused(new ArchiveExtractor(), archive("a.tar"), "archive: expected files in 'top', got none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tar.gz", "a.zip"})
  void truncatedArchivesLeaveNothing(String name) throws IOException {
    byte[] whole = Files.readAllBytes(archive(name, "top/1", "top/2"));
    for (int length = 0; length < whole.length - 1; length += 7) {
      Path archive = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> new ArchiveExtractor().extract(archive, "top", folder.resolve("out")))
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("archive: expected ");
      assertNothingBut(name);
    }
  }

  @Test
  void neverTouchesAnExistingFolder() throws IOException {
    Path archive = archive("a.tar", "top/a");
    Path out = Files.createDirectory(folder.resolve("out"));
    assertThatThrownBy(() -> new ArchiveExtractor().extract(archive, "top", out))
        .isInstanceOf(BadInput.class)
        .hasMessage("unpacking a.tar: expected a new folder, got one that exists (" + out + ")");
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void clearsWhatAKilledOneLeft() throws IOException {
    Files.createDirectories(folder.resolve(".out.unpacking/stale"));
    new ArchiveExtractor().extract(archive("a.tar", "top/a"), "top", folder.resolve("out"));
    assertThat(names(folder.resolve("out"))).containsExactly("a");
    assertThat(names(folder)).containsExactly("a.tar", "out");
  }

  @Test
  void installsOnceFromAServer() throws IOException {
    byte[] content = Files.readAllBytes(archive("a.tar.gz", "top/data_batch_1.bin"));
    String md5 = Checksums.md5(folder.resolve("a.tar.gz"));
    DatasetInstaller installer = new DatasetInstaller(new Downloader(), new ArchiveExtractor());
    try (ArchiveServer server = new ArchiveServer(content)) {
      PublishedArchive archive = new PublishedArchive(server.base("files"), "a.tar.gz", content.length, md5, "top");
      Path data = folder.resolve("data");
      for (int i = 0; i < 2; i++) {
        assertThat(installer.install(archive, data, (bytes, total) -> {})).isEqualTo(data.resolve("top"));
      }
      assertThat(data.resolve("top/data_batch_1.bin")).hasContent("content of top/data_batch_1.bin");
      assertThat(names(data)).containsExactly("a.tar.gz", "top");
      assertThat(server.requests()).hasSize(1);
    }
  }

  private void assertRefused(ArchiveExtractor extractor, Path archive, String message) {
    assertThatThrownBy(() -> extractor.extract(archive, "top", folder.resolve("out")))
        .isInstanceOf(BadInput.class)
        .hasMessage(message + " (" + archive + ")");
    assertNothingBut(archive.getFileName().toString());
  }

  private void assertNothingBut(String name) {
    assertThat(names(folder)).contains(name).doesNotContain("out", ".out.unpacking");
    assertThat(folder.resolveSibling("evil")).doesNotExist();
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  /** An archive of files that contain their own path; paths with a slash at the end are folders. */
  private Path archive(String name, String... paths) throws IOException {
    Path archive = folder.resolve(name);
    if (name.endsWith(".zip")) {
      return Files.write(archive, zip(paths));
    }
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream packed = name.endsWith(".tar") ? file : new GZIPOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
      for (String path : paths) {
        byte[] content = content(path);
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }

  private static byte[] zip(String... paths) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (String path : paths) {
        zip.putArchiveEntry(new ZipArchiveEntry(path));
        zip.write(content(path));
        zip.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] content(String path) {
    return path.endsWith("/") ? new byte[0] : ("content of " + path).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
