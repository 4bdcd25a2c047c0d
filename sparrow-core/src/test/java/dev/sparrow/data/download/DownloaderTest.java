package dev.sparrow.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.io.Checksums;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {

  private static final int SIZE = 300_000;

  @TempDir private Path folder;

  private final byte[] content = new byte[SIZE];
  private final List<Long> progress = new ArrayList<>();
  private ArchiveServer server;
  private PublishedArchive archive;

  @BeforeEach
  void start() throws IOException {
    new SplittableRandom(3).nextBytes(content);
    server = new ArchiveServer(content);
    archive = new PublishedArchive(server.base("files"), "a.tar.gz", SIZE, md5(content), "a");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void wholeFile() throws IOException {
    assertThat(fetch()).isEqualTo(folder.resolve("a.tar.gz")).hasBinaryContent(content);
    assertThat(names()).containsExactly("a.tar.gz");
    assertThat(progress).isSorted().startsWith(0L).endsWith((long) SIZE);
    assertThat(server.requests())
        .containsExactly(new ArchiveServer.Request("/files/a.tar.gz", Optional.empty(), Optional.empty()));
  }

  @Test
  void aCompleteFileIsNotFetchedAgain() throws IOException {
    fetch();
    fetch();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aDamagedFileOfThatNameIsReported() throws IOException {
    Path file = Files.write(folder.resolve("a.tar.gz"), new byte[0]);
    assertFetchFails(
        "checksum of a.tar.gz: expected MD5 " + archive.md5() + ", got d41d8cd98f00b204e9800998ecf8427e (" + file
            + "; remove it to download again)");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void cutConnectionIsContinued() throws IOException {
    server.stopAfter = 100_000;
    assertThatThrownBy(this::fetch)
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("download: expected 300000 bytes, got \\d+ \\(.+\\) \\(http://.*/files/a.tar.gz; run again to continue\\)");
    long arrived = Files.size(folder.resolve("a.tar.gz.part"));
    assertThat(arrived).isBetween(1L, 100_000L);
    server.stopAfter = Integer.MAX_VALUE;
    progress.clear();
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests().get(1).range()).contains("bytes=" + arrived + "-");
    assertThat(server.requests().get(1).ifRange()).contains("\"v1\"");
    assertThat(progress).startsWith(arrived).endsWith((long) SIZE);
    assertThat(names()).containsExactly("a.tar.gz");
  }

  @Test
  void serverWithoutRangesStartsOver() throws IOException {
    leavePart(Arrays.copyOf(content, 1_000), Optional.empty());
    server.ranges = false;
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void anotherVersionStartsOver() throws IOException {
    leavePart(new byte[1_000], Optional.of("\"v0\""));
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests().get(0).ifRange()).contains("\"v0\"");
  }

  @Test
  void aCompletePartNeedsNoServer() throws IOException {
    leavePart(content, Optional.empty());
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void tooLongAPartStartsOver() throws IOException {
    leavePart(new byte[SIZE + 1], Optional.empty());
    assertThat(fetch()).hasBinaryContent(content);
  }

  @Test
  void unsatisfiableRangeStartsOver() throws IOException {
    leavePart(Arrays.copyOf(content, SIZE - 1), Optional.empty());
    server.content = Arrays.copyOf(content, 10);
    // The server's file is shorter than what we have: 416, then its whole short file, which is refused.
    assertFetchFails("download: expected 300000 bytes, got 10 (" + archive.address() + ")");
    assertThat(server.requests().get(1).range()).isEmpty();
    assertThat(folder.resolve("a.tar.gz.part")).isEmptyFile();
  }

  @Test
  void rangeOfALongerFileIsRefused() throws IOException {
    leavePart(Arrays.copyOf(content, 1_000), Optional.empty());
    server.content = Arrays.copyOf(content, SIZE + 1);
    assertFetchFails(
        "download: expected range 'bytes 1000-299999/300000', got 'bytes 1000-300000/300001' (" + archive.address()
            + "; run again to start over)");
  }

  @Test
  void wrongChecksum() {
    server.content = new byte[SIZE];
    assertFetchFails(
        "checksum of a.tar.gz: expected MD5 " + archive.md5() + ", got " + md5(new byte[SIZE]) + " (" + archive.address()
            + "; the download was removed)");
    assertThat(names()).isEmpty();
  }

  @Test
  void wrongSizeIsRefusedBeforeItIsRead() {
    server.content = new byte[SIZE + 1];
    assertFetchFails("download: expected 300000 bytes, got 300001 (" + archive.address() + ")");
    assertThat(progress).isEmpty();
  }

  @Test
  void unannouncedExcessIsRefused() {
    server.content = Arrays.copyOf(content, 2 * SIZE);
    server.announce = false;
    assertFetchFails("download: expected 300000 bytes, got more (" + archive.address() + ")");
    assertThat(names()).isEmpty();
  }

  @Test
  void notFound() {
    server.status = 404;
    assertFetchFails("download: expected HTTP status 200, got 404 (" + archive.address() + ")");
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    archive = archive.at(server.base("moved/"));
    assertThat(fetch()).hasBinaryContent(content);
  }

  @Test
  void silentServer() throws IOException {
    server.stopAfter = 100_000;
    server.stall = true;
    Downloader impatient = new Downloader(Duration.ofSeconds(1));
    assertThatThrownBy(() -> impatient.fetch(archive, folder, (bytes, total) -> {}))
        .isInstanceOf(BadInput.class)
        .hasMessage("download: expected 300000 bytes, got 100000 (nothing for 1 s) (" + archive.address() + "; run again to continue)");
    assertThat(folder.resolve("a.tar.gz.part")).hasSize(100_000);
  }

  @Test
  void noServer() {
    server.close();
    assertThatThrownBy(this::fetch)
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("download: expected an answer, got .+ \\(" + archive.address() + "\\)");
  }

  @Test
  void oneDownloadAtATime() throws IOException {
    Path part = folder.resolve("a.tar.gz.part");
    try (FileChannel other = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertFetchFails("download: expected no other download of the same file, got one that is running (" + part + ")");
    }
  }

  @Test
  void onlyWebAddresses() {
    assertThatThrownBy(() -> archive.at(URI.create("file:///etc")))
        .isInstanceOf(BadInput.class)
        .hasMessage("download address: expected http://... or https://..., got 'file:///etc'")
        .matches(e -> ((BadInput) e).isUsage());
  }

  @Test
  void officialAddresses() {
    assertThat(Stream.of(DownloadableDataset.values()).map(dataset -> dataset.label() + " " + dataset.archive().address()))
        .containsExactly(
            "cifar10 https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
            "cifar100 https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
            "tinyimagenet http://cs231n.stanford.edu/tiny-imagenet-200.zip");
  }

  private Path fetch() throws IOException {
    return new Downloader().fetch(
        archive,
        folder,
        (bytes, total) -> {
          assertThat(total).isEqualTo(SIZE);
          progress.add(bytes);
        });
  }

  private void assertFetchFails(String message) {
    assertThatThrownBy(this::fetch).isInstanceOf(BadInput.class).hasMessage(message);
  }

  private void leavePart(byte[] bytes, Optional<String> version) throws IOException {
    Files.write(folder.resolve("a.tar.gz.part"), bytes);
    if (version.isPresent()) {
      Files.writeString(folder.resolve("a.tar.gz.part.version"), version.get());
    }
  }

  private List<String> names() {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return Checksums.md5(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
