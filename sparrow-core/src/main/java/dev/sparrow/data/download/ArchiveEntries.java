package dev.sparrow.data.download;

import dev.sparrow.BadInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The entries of a tar or zip archive, one after the other. */
interface ArchiveEntries extends AutoCloseable {

  /** What an entry is; archives hold stranger things too, which data sets do not need. */
  enum Kind {
    FILE,
    FOLDER,
    OTHER
  }

  /**
   * One entry.
   *
   * @param name path as stored
   * @param kind what it is
   * @param content its bytes, to be read before the next entry is asked for
   */
  record Entry(String name, Kind kind, InputStream content) {}

  /** The next entry, or empty at the end. */
  Optional<Entry> next() throws IOException;

  @Override
  void close() throws IOException;

  /** Opens an archive by the ending of its name: {@code .tar.gz}, {@code .tgz}, {@code .tar} or {@code .zip}. */
  static ArchiveEntries open(Path archive) throws IOException {
    String name = archive.getFileName().toString();
    if (name.endsWith(".zip")) {
      return zip(archive);
    }
    if (!name.endsWith(".tar") && !name.endsWith(".tar.gz") && !name.endsWith(".tgz")) {
      throw BadInput.data("archive", "a name ending in .tar.gz, .tgz, .tar or .zip", name, archive);
    }
    InputStream file = new BufferedInputStream(Files.newInputStream(archive));
    try {
      return tar(name.endsWith(".tar") ? file : new GzipCompressorInputStream(file));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static ArchiveEntries tar(InputStream stream) {
    TarArchiveInputStream tar = new TarArchiveInputStream(stream);
    return new ArchiveEntries() {
      @Override
      public Optional<Entry> next() throws IOException {
        return Optional.ofNullable(tar.getNextEntry()).map(entry -> new Entry(entry.getName(), kind(entry), tar));
      }

      @Override
      public void close() throws IOException {
        tar.close();
      }
    };
  }

  private static Kind kind(TarArchiveEntry entry) {
    boolean link = entry.isSymbolicLink() || entry.isLink();
    boolean device = entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
    if (link || device || entry.isSparse()) {
      return Kind.OTHER;
    }
    return entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
  }

  /** By the directory at the end of the file: only that tells links from files. */
  private static ArchiveEntries zip(Path archive) throws IOException {
    ZipFile zip = ZipFile.builder().setPath(archive).get();
    Iterator<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder()).iterator();
    return new ArchiveEntries() {
      @Override
      public Optional<Entry> next() throws IOException {
        if (!entries.hasNext()) {
          return Optional.empty();
        }
        ZipArchiveEntry entry = entries.next();
        return Optional.of(new Entry(entry.getName(), kind(entry), zip.getInputStream(entry)));
      }

      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
  }

  private static Kind kind(ZipArchiveEntry entry) {
    if (entry.isUnixSymlink()) {
      return Kind.OTHER;
    }
    return entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
  }
}
