package dev.sparrow.report;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write into a run or sweep folder. The operating system holds the lock on {@code run.lock}, so it ends with the process, also by
 * {@code kill -9}; the file stays, since deleting it would let two processes lock two files of the same name.
 */
public final class RunLock implements AutoCloseable {

  /**
   * Folders that this process has locked. Asking the operating system is not enough: on POSIX systems closing any channel of a file gives
   * up all locks that the process has on it, so a second try in this process would break the first one's lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** The lock covers a byte far behind the text, so that others can read which process has it, on Windows too. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @param folder an existing one
   * @param what what it is, for error messages
   */
  static RunLock acquire(Path folder, String what) {
    try {
      Path file = folder.toRealPath().resolve("run.lock");
      if (!HELD.add(file)) {
        throw inUse(what, ProcessHandle.current().pid() + ", this one", folder);
      }
      Optional<FileChannel> channel = Optional.empty();
      try {
        channel = tryLock(file);
      } finally {
        if (channel.isEmpty()) {
          HELD.remove(file);
        }
      }
      if (channel.isEmpty()) {
        throw inUse(what, owner(file), folder);
      }
      return new RunLock(file, channel.get());
    } catch (IOException e) {
      throw BadInput.data(what, "a folder that can be locked", e.toString(), folder, e);
    }
  }

  /**
   * Whether somebody, this process or another, has a folder now. Not for a look before taking it: asking takes the lock for a moment.
   *
   * @param folder need not exist
   */
  static boolean isHeld(Path folder) {
    try {
      Path file = folder.resolve("run.lock");
      if (!Files.exists(file)) {
        return false;
      }
      if (HELD.contains(file.toRealPath())) { // asked before the operating system is: see there
        return true;
      }
      Optional<FileChannel> channel = tryLock(file);
      if (channel.isPresent()) {
        channel.get().close();
      }
      return channel.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the lock of " + folder, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + file, e);
    } finally {
      HELD.remove(file);
    }
  }

  private static Optional<FileChannel> tryLock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      locked = lock != null;
      if (locked) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      }
      return locked ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static String owner(Path file) throws IOException {
    String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "of unknown number" : pid;
  }

  private static BadInput inUse(String what, String process, Path folder) {
    return BadInput.data(what, "one that nobody is writing to", "one in use by process " + process, folder);
  }
}
