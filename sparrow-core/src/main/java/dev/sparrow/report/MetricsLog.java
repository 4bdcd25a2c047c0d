package dev.sparrow.report;

import dev.sparrow.BadInput;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code metrics.jsonl}: one {@link EpochRecord} per line, epochs 0, 1, 2 and so on. A line counts once its line break is on disk, so a
 * process killed while it writes leaves at most an unfinished last line, which readers skip and {@link #open} cuts off.
 *
 * <p>Append an epoch's record before saving the checkpoint that continues after it; then the log never lacks an epoch on resume.
 */
public final class MetricsLog implements AutoCloseable {

  private final FileChannel channel;
  private final List<EpochRecord> records;

  private MetricsLog(FileChannel channel, List<EpochRecord> records) {
    this.channel = channel;
    this.records = records;
  }

  /**
   * Opens a log to append to. Records of {@code nextEpoch} and later are cut off: a resumed run will measure them again.
   *
   * @param file the log, created if missing
   * @param nextEpoch the first epoch that will be appended; 0 starts afresh
   * @return the log, to be closed
   * @throws BadInput if a line is damaged or an epoch before {@code nextEpoch} is missing
   */
  public static MetricsLog open(Path file, int nextEpoch) {
    Lines lines = Files.exists(file) ? Lines.of(file) : new Lines(List.of(), List.of());
    if (lines.records.size() < nextEpoch) {
      throw BadInput.data("metrics", nextEpoch + " epochs before the one to resume at", lines.records.size(), file);
    }
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      // Cutting a file short is one step for the file system: a kill leaves either the old log or the new one.
      channel.truncate(nextEpoch == 0 ? 0 : lines.ends.get(nextEpoch - 1));
      channel.position(channel.size());
      channel.force(true);
      return new MetricsLog(channel, new ArrayList<>(lines.records.subList(0, nextEpoch)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file, e);
    }
  }

  /**
   * Reads the finished lines of a log, also of a run that is still going.
   *
   * @param file the log
   * @return one record per epoch, in order
   * @throws BadInput if the file is missing, a line is damaged or epochs are not 0, 1, 2 and so on
   */
  public static List<EpochRecord> read(Path file) {
    return List.copyOf(Lines.of(file).records);
  }

  /**
   * Adds an epoch; when this returns, its line is on disk.
   *
   * @param epoch the epoch after the last one recorded
   */
  public void append(EpochRecord epoch) {
    if (epoch.epoch() != records.size()) {
      throw new IllegalArgumentException("epoch: expected " + records.size() + ", got " + epoch.epoch());
    }
    ByteBuffer line = ByteBuffer.wrap((Json.line(epoch) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write metrics", e);
    }
    records.add(epoch);
  }

  /**
   * Everything recorded so far, before and after a resume.
   *
   * @return one record per epoch, in order
   */
  public List<EpochRecord> records() {
    return List.copyOf(records);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close metrics", e);
    }
  }

  /** The finished lines of a file and the byte offset after each. */
  private record Lines(List<EpochRecord> records, List<Long> ends) {

    static Lines of(Path file) {
      byte[] bytes = bytes(file);
      Lines lines = new Lines(new ArrayList<>(), new ArrayList<>());
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          lines.add(new String(bytes, start, i - start, StandardCharsets.UTF_8), i + 1, file);
          start = i + 1;
        }
      }
      return lines;
    }

    private void add(String text, long end, Path file) {
      String where = file + ", line " + (records.size() + 1);
      EpochRecord epoch = Json.parse(text, EpochRecord.class, where);
      if (epoch.epoch() != records.size()) {
        throw BadInput.data("epoch", records.size(), epoch.epoch(), where);
      }
      records.add(epoch);
      ends.add(end);
    }

    private static byte[] bytes(Path file) {
      try {
        return Files.readAllBytes(file);
      } catch (NoSuchFileException e) {
        throw BadInput.data("file", "the metrics of a run", "nothing", file, e);
      } catch (IOException e) {
        throw BadInput.data("file", "the readable metrics of a run", e.getMessage(), file, e);
      }
    }
  }
}
