package dev.sparrow.data.download;

import dev.sparrow.BadInput;
import dev.sparrow.io.Checksums;
import dev.sparrow.io.FileTrees;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches archives over HTTP. An interrupted download stays as NAME.part and the next call continues it, if the server still has the same
 * version; a file gets its name only after its size and checksum were found right.
 */
public final class Downloader {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int BUFFER = 1 << 16;

  private final Duration patience;
  private final HttpClient client;

  /** A downloader that waits up to 30 seconds for a connection, an answer, or the next bytes. */
  public Downloader() {
    this(Duration.ofSeconds(30));
  }

  /**
   * A downloader.
   *
   * @param patience longest wait for a connection, an answer, or the next bytes
   */
  public Downloader(Duration patience) {
    this.patience = patience;
    this.client = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NORMAL).build();
  }

  /**
   * Fetches an archive, unless it is there already.
   *
   * @param archive what to fetch
   * @param folder where to; made if missing
   * @param progress is told of every piece
   * @return the complete, checked file, {@code folder/NAME}
   * @throws IOException if the disk fails or the thread is interrupted; what has arrived is kept
   * @throws BadInput if the server does not deliver the archive, or not that one
   */
  public Path fetch(PublishedArchive archive, Path folder, DownloadProgress progress) throws IOException {
    FileTrees.create(folder);
    Path target = folder.resolve(archive.fileName());
    if (Files.exists(target)) {
      requireChecksum(archive, Checksums.md5(target), target + "; remove it to download again");
      return target;
    }
    try (PartialFile part = PartialFile.of(target)) {
      if (part.size() > archive.bytes()) {
        part.restart(Optional.empty());
      }
      if (part.size() < archive.bytes()) {
        receive(archive, part, progress);
      }
      try {
        requireChecksum(archive, part.md5(), archive.address() + "; the download was removed");
      } catch (BadInput wrong) {
        part.discard();
        throw wrong;
      }
      part.complete(target);
    }
    return target;
  }

  private static void requireChecksum(PublishedArchive archive, String md5, Object where) {
    if (!md5.equals(archive.md5())) {
      throw BadInput.data("checksum of " + archive.fileName(), "MD5 " + archive.md5(), md5, where);
    }
  }

  private void receive(PublishedArchive archive, PartialFile part, DownloadProgress progress) throws IOException {
    HttpResponse<InputStream> response = request(archive, part);
    if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
      response.body().close();
      part.restart(Optional.empty());
      response = request(archive, part);
    }
    try (StallGuard body = new StallGuard(response.body(), patience)) {
      requireFitting(archive, part, response);
      if (response.statusCode() == OK) {
        part.restart(version(response.headers()));
      }
      copy(archive, body, part, progress);
    }
  }

  private HttpResponse<InputStream> request(PublishedArchive archive, PartialFile part) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(archive.address()).timeout(patience).header("User-Agent", "sparrow");
    if (part.size() > 0) {
      request.header("Range", "bytes=" + part.size() + "-");
      part.version().ifPresent(version -> request.header("If-Range", version));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("download interrupted");
    } catch (IOException e) {
      throw BadInput.data("download", "an answer", reason(e), archive.address(), e);
    }
  }

  /** Weak ETags do not promise equal bytes and are no use here. */
  private static Optional<String> version(HttpHeaders headers) {
    return headers.firstValue("ETag").filter(tag -> !tag.startsWith("W/")).or(() -> headers.firstValue("Last-Modified"));
  }

  private static void requireFitting(PublishedArchive archive, PartialFile part, HttpResponse<InputStream> response) throws IOException {
    int status = response.statusCode();
    if (status != OK && status != PARTIAL) {
      throw BadInput.data("download", "HTTP status 200", status, archive.address());
    }
    String range = response.headers().firstValue("Content-Range").orElse("none");
    String expectedRange = "bytes " + part.size() + "-" + (archive.bytes() - 1) + "/" + archive.bytes();
    if (status == PARTIAL && !range.equals(expectedRange)) {
      part.restart(Optional.empty());
      throw BadInput.data("download", "range '" + expectedRange + "'", "'" + range + "'", archive.address() + "; run again to start over");
    }
    long expected = status == PARTIAL ? archive.bytes() - part.size() : archive.bytes();
    long announced = response.headers().firstValueAsLong("Content-Length").orElse(expected);
    if (announced != expected) {
      throw BadInput.data("download", expected + " bytes", announced, archive.address());
    }
  }

  private static void copy(PublishedArchive archive, StallGuard body, PartialFile part, DownloadProgress progress) throws IOException {
    long arrived = part.size();
    progress.advanced(arrived, archive.bytes());
    byte[] buffer = new byte[BUFFER];
    for (int n = read(archive, body, buffer, arrived); n >= 0; n = read(archive, body, buffer, arrived)) {
      arrived += n;
      if (arrived > archive.bytes()) {
        part.discard();
        throw BadInput.data("download", archive.bytes() + " bytes", "more", archive.address());
      }
      part.append(buffer, n);
      progress.advanced(arrived, archive.bytes());
    }
    if (arrived < archive.bytes()) {
      throw cut(archive, arrived, "end of data");
    }
  }

  private static int read(PublishedArchive archive, StallGuard body, byte[] buffer, long arrived) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw cut(archive, arrived, reason(e));
    }
  }

  private static BadInput cut(PublishedArchive archive, long arrived, String reason) {
    String got = arrived + " (" + reason + ")";
    return BadInput.data("download", archive.bytes() + " bytes", got, archive.address() + "; run again to continue");
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
