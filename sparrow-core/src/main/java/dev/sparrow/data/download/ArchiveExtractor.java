package dev.sparrow.data.download;

import dev.sparrow.BadInput;
import dev.sparrow.io.FileTrees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Unpacks an archive into one folder. Absolute paths, {@code ..}, links, devices, repeated paths and archives that grow beyond bounds are
 * refused. The folder appears complete or not at all: files go to a hidden sibling, which is moved into place at the end and removed on
 * failure. Single files are not forced to disk, which for 100,000 images would take minutes.
 */
public final class ArchiveExtractor {

  private static final int BUFFER = 1 << 16;

  /** Tiny-ImageNet, the largest, has 120,609 entries. */
  private static final int MAX_ENTRIES = 500_000;

  private static final long MAX_BYTES = 4L << 30;

  private final int maxEntries;
  private final long maxBytes;

  /** An extractor for archives of up to 500,000 entries and 4 GiB of content. */
  public ArchiveExtractor() {
    this(MAX_ENTRIES, MAX_BYTES);
  }

  /**
   * An extractor with other bounds.
   *
   * @param maxEntries most files and folders in an archive
   * @param maxBytes most content, unpacked
   */
  public ArchiveExtractor(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /**
   * Unpacks.
   *
   * @param archive a {@code .tar.gz}, {@code .tgz}, {@code .tar} or {@code .zip} file, all of whose entries are in one folder
   * @param top that folder's name in the archive
   * @param target what it becomes on disk; must not exist
   * @throws IOException if writing fails; nothing is left then
   * @throws BadInput if the archive is damaged or refused; nothing is left then
   */
  public void extract(Path archive, String top, Path target) throws IOException {
    if (Files.exists(target)) {
      throw BadInput.data("unpacking " + archive.getFileName(), "a new folder", "one that exists", target);
    }
    Path absolute = target.toAbsolutePath();
    Path unpacking = absolute.resolveSibling("." + absolute.getFileName() + ".unpacking");
    FileTrees.delete(unpacking);
    try {
      Files.createDirectories(unpacking);
      unpack(archive, top, unpacking);
      Files.move(unpacking, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileTrees.delete(unpacking);
    }
  }

  private void unpack(Path archive, String top, Path folder) throws IOException {
    try (ArchiveEntries entries = open(archive)) {
      int count = 0;
      long left = maxBytes;
      for (Optional<ArchiveEntries.Entry> entry = next(entries, archive); entry.isPresent(); entry = next(entries, archive)) {
        if (++count > maxEntries) {
          throw BadInput.data("archive", "at most " + maxEntries + " entries", "more", archive);
        }
        left -= unpack(entry.get(), EntryName.resolve(entry.get().name(), top, folder, archive), left, archive);
      }
      if (count == 0) {
        throw BadInput.data("archive", "files in '" + top + "'", "none", archive);
      }
    }
  }

  private long unpack(ArchiveEntries.Entry entry, Path path, long limit, Path archive) throws IOException {
    try {
      switch (entry.kind()) {
        case FOLDER -> Files.createDirectories(path);
        case FILE -> {
          Files.createDirectories(path.getParent());
          return copy(entry.content(), path, limit, archive);
        }
        case OTHER -> throw BadInput.data("archive entry", "a file or a folder", "a link or device '" + entry.name() + "'", archive);
      }
      return 0;
    } catch (FileAlreadyExistsException e) {
      throw BadInput.data("archive entry", "each path once", "'" + entry.name() + "' again", archive, e);
    }
  }

  private long copy(InputStream content, Path path, long limit, Path archive) throws IOException {
    long copied = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = read(content, buffer, archive); n >= 0; n = read(content, buffer, archive)) {
        copied += n;
        if (copied > limit) {
          throw BadInput.data("archive", "at most " + maxBytes + " bytes of content", "more", archive);
        }
        file.write(buffer, 0, n);
      }
    }
    return copied;
  }

  // Reading faults are the archive's, writing faults the disk's: only the former are bad input.

  private static ArchiveEntries open(Path archive) {
    try {
      return ArchiveEntries.open(archive);
    } catch (IOException e) {
      throw damaged(archive, e);
    }
  }

  private static Optional<ArchiveEntries.Entry> next(ArchiveEntries entries, Path archive) {
    try {
      return entries.next();
    } catch (IOException e) {
      throw damaged(archive, e);
    }
  }

  private static int read(InputStream content, byte[] buffer, Path archive) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw damaged(archive, e);
    }
  }

  private static BadInput damaged(Path archive, IOException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return BadInput.data("archive", "a sound one", message.lines().findFirst().orElse(""), archive, e);
  }
}
