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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apiguardian.api.API;

/**
 * The right to write into a run or sweep folder. The operating system holds the lock on {@code run.lock}, so it ends with the process, also by
 * {@code kill -9}; the file stays, since deleting it would let two processes lock two files of the same name.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class RunLock implements AutoCloseable {

  /**
   * Folders that this process has locked. Asking the operating system is not enough: on POSIX systems closing any channel of a file gives
   * up all locks that the process has on it, so a second try in this process would break the first one's lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** The lock covers a byte far behind the text, so that others can read which process has it, on Windows too. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final Duration POLL = Duration.ofMillis(50);

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a folder as soon as it is free.
   *
   * @param folder an existing one
   * @param what what it is, for error messages
   * @param patience how long to wait at most
   */
  static RunLock acquire(Path folder, String what, Duration patience) {
    long start = System.nanoTime();
    Optional<RunLock> lock = tryAcquire(folder, what);
    while (lock.isEmpty() && System.nanoTime() - start < patience.toNanos()) {
      LockSupport.parkNanos(POLL.toNanos());
      lock = tryAcquire(folder, what);
    }
    return lock.orElseThrow(() -> inUse(folder, what));
  }

  /**
   * Takes a folder unless somebody, this process or another, has it.
   *
   * @param folder an existing one
   * @param what what it is, for error messages
   */
  static Optional<RunLock> tryAcquire(Path folder, String what) {
    try {
      Path file = folder.toRealPath().resolve("run.lock");
      if (!HELD.add(file)) {
        return Optional.empty();
      }
      Optional<FileChannel> channel = Optional.empty();
      try {
        channel = tryLock(file);
      } finally {
        if (channel.isEmpty()) {
          HELD.remove(file);
        }
      }
      return channel.map(locked -> new RunLock(file, locked));
    } catch (IOException e) {
      throw BadInput.data(what, "a folder that can be locked", e.toString(), folder, e);
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

  private static BadInput inUse(Path folder, String what) {
    try {
      String owner = owner(folder.toRealPath().resolve("run.lock"));
      return BadInput.data(what, "one that nobody is writing to", "one in use by process " + owner, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the lock of " + folder, e);
    }
  }

  /** Reads no file that this process has locked: see {@link #HELD}. */
  private static String owner(Path file) throws IOException {
    if (HELD.contains(file)) {
      return ProcessHandle.current().pid() + ", this one";
    }
    String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "of unknown number" : pid;
  }
}
