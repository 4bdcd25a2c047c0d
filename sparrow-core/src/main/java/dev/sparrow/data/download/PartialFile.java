package dev.sparrow.data.download;

import dev.sparrow.BadInput;
import dev.sparrow.io.Checksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The file NAME.part that a download grows in, locked against a second downloader. Beside it, NAME.part.version keeps the server's name
 * for the version that it began with, so that the rest is not taken from another one.
 */
final class PartialFile implements AutoCloseable {

  private final Path part;
  private final Path version;
  private final FileChannel channel;

  private PartialFile(Path part, FileChannel channel) {
    this.part = part;
    this.version = part.resolveSibling(part.getFileName() + ".version");
    this.channel = channel;
  }

  /** Opens or makes the partial file of a target. */
  static PartialFile of(Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw BadInput.data("download", "no other download of the same file", "one that is running", part);
    }
    channel.position(channel.size());
    return new PartialFile(part, channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  /** Read through the locked channel: on Windows the lock keeps other handles out, even this program's. */
  String md5() throws IOException {
    return Checksums.md5(Channels.newInputStream(channel.position(0)));
  }

  long size() throws IOException {
    return channel.size();
  }

  /** An ETag or a date, as the server gave it when the first byte was fetched. */
  Optional<String> version() throws IOException {
    return Files.exists(version) ? Optional.of(Files.readString(version)) : Optional.empty();
  }

  /** Throws away what is there and begins a version. */
  void restart(Optional<String> newVersion) throws IOException {
    channel.truncate(0);
    Files.deleteIfExists(version);
    if (newVersion.isPresent()) {
      Files.writeString(version, newVersion.get());
    }
  }

  void append(byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Ends the download: the file gets its name. */
  void complete(Path target) throws IOException {
    channel.force(true);
    channel.close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(version);
  }

  /** Ends the download without a file. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
    Files.deleteIfExists(version);
  }

  /** Releases the file; what has arrived stays for the next attempt. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
