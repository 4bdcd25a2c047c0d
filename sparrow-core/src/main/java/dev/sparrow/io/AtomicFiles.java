package dev.sparrow.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that a reader finds the whole old content or the whole new content, never a part, whatever interrupts the writer.
 *
 * <p>The content goes to a hidden temporary file in the same folder, is forced to disk, moved over the target in one step, and the move
 * itself is forced to disk. When writing fails (a full disk, a thrown exception) the temporary file is removed and the old file is as it
 * was. For several files that belong together see {@link AtomicFolder}.
 */
public final class AtomicFiles {

  private static final int BUFFER = 1 << 16;

  private AtomicFiles() {}

  /**
   * Replaces a file.
   *
   * @param target the file; missing parent folders are made
   * @param content its new content
   * @throws IOException if it cannot be written; the old file is then untouched
   */
  public static void write(Path target, byte[] content) throws IOException {
    writeChannel(target, channel -> writeFully(channel, ByteBuffer.wrap(content)));
  }

  /**
   * Replaces a text file.
   *
   * @param target the file; missing parent folders are made
   * @param content its new content, stored as UTF-8
   * @throws IOException if it cannot be written; the old file is then untouched
   */
  public static void write(Path target, String content) throws IOException {
    write(target, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces a file by what a writer puts into a buffered stream.
   *
   * @param target the file; missing parent folders are made
   * @param writer receives the stream; need not close it
   * @throws IOException if it cannot be written; the old file is then untouched
   */
  public static void write(Path target, IOConsumer<OutputStream> writer) throws IOException {
    writeChannel(
        target,
        channel -> {
          OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
          writer.accept(stream);
          stream.flush();
        });
  }

  /**
   * Replaces a file by what a writer puts into a channel; large buffers reach the disk without a copy on the heap.
   *
   * @param target the file; missing parent folders are made
   * @param writer receives the channel, positioned at 0; must not close it
   * @throws IOException if it cannot be written; the old file is then untouched
   */
  public static void writeChannel(Path target, IOConsumer<FileChannel> writer) throws IOException {
    replace(
        target,
        temporary -> {
          try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writer.accept(channel);
            channel.force(true);
          }
        });
  }

  /**
   * Replaces a file by one that a writer makes beside it. The writer may look at what it made and refuse it by throwing.
   *
   * @param target the file; missing parent folders are made
   * @param writer receives the path of a file that is not there yet, in the same folder; leaves a file there whose content is on disk
   * @throws IOException if it cannot be written; the old file is then untouched
   */
  public static void replace(Path target, IOConsumer<Path> writer) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    FileTrees.create(folder);
    // Not Files.createTempFile: its files are readable by their owner only, whatever the umask says.
    Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      writer.accept(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(folder);
  }

  /**
   * Writes all that remains in a buffer; a channel alone may stop early.
   *
   * @param channel where to
   * @param content what; its position moves to its limit
   * @throws IOException if the channel fails
   */
  static void writeFully(WritableByteChannel channel, ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      channel.write(content);
    }
  }

  /** Forces a file's content to disk. */
  static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Forces a folder's entries to disk, where the platform can: Windows refuses to open folders and orders its renames itself. */
  static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notSupportedHere) {
      // The content is safe already; only whether a rename survives a power cut is left to the file system.
    }
  }
}
