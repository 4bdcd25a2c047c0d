package dev.sparrow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.BadInput;
import dev.sparrow.io.IOConsumer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What every reader of files promises: whatever was done to a file, reading it succeeds or ends with a {@link BadInput} that says what was
 * expected, soon, and without memory beyond twice the file.
 */
public final class Mutations {

  /** What any reader may take for itself, however small its file: buffers, parsers, messages, classes that are loaded. */
  private static final long SPARE_BYTES = 4 << 20;

  private static final double LONGEST_SECONDS = 20;

  private Mutations() {}

  /**
   * Checks a reader against damaged files; also that it reads the sound one. A test that calls this should have a {@code @Timeout}, which
   * is what ends an endless read.
   *
   * @param whole the sound file's bytes
   * @param file where the damaged ones are put, one after another, and at last the sound one; may be part of a folder that is read
   * @param count number of damaged files; the first are the same for every count
   * @param reading reads all of the file, and closes it
   * @throws IOException if a file cannot be written, or reading it ends so
   */
  public static void check(byte[] whole, Path file, int count, IOConsumer<Path> reading) throws IOException {
    check(whole, file, count, SPARE_BYTES, reading);
  }

  /**
   * The same for readers that do more than read, such as building a network.
   *
   * @param whole the sound file's bytes
   * @param file where the damaged ones are put
   * @param count number of damaged files
   * @param spareBytes memory that is allowed however small the file
   * @param reading reads all of the file, and closes it
   * @throws IOException if a file cannot be written, or reading it ends so
   */
  public static void check(byte[] whole, Path file, int count, long spareBytes, IOConsumer<Path> reading) throws IOException {
    reading.accept(Files.write(file, whole));
    for (int seed = 0; seed < count; seed++) {
      Files.write(file, Damage.of(whole, seed));
      long limit = Math.max(spareBytes, 2 * Files.size(file));
      if (read(file, seed, reading).bytes() > limit) { // the first time, classes may have been loaded
        assertThat(read(file, seed, reading).bytes()).as("bytes taken, seed %d", seed).isLessThanOrEqualTo(limit);
      }
    }
    reading.accept(Files.write(file, whole));
  }

  /**
   * Checks that a file that was made to do harm does none.
   *
   * @param file the file
   * @param spareBytes memory that is allowed however small the file
   * @param reading reads all of the file, and closes it
   * @return the error
   * @throws IOException if the file's size cannot be read
   */
  public static BadInput refused(Path file, long spareBytes, IOConsumer<Path> reading) throws IOException {
    assertThat(refusal(file, 0, reading)).isPresent();
    Usage.Meter meter = new Usage.Meter();
    Optional<BadInput> refusal = refusal(file, 0, reading);
    Usage usage = meter.read();
    assertThat(usage.bytes()).as("bytes taken").isLessThanOrEqualTo(Math.max(spareBytes, 2 * Files.size(file)));
    assertThat(usage.seconds()).as("seconds").isLessThan(LONGEST_SECONDS);
    return refusal.orElseThrow();
  }

  private static Usage read(Path file, int seed, IOConsumer<Path> reading) {
    Usage.Meter meter = new Usage.Meter();
    Optional<BadInput> refusal = refusal(file, seed, reading);
    Usage usage = meter.read();
    assertThat(usage.seconds()).as("seconds, seed %d", seed).isLessThan(LONGEST_SECONDS);
    refusal.ifPresent(expected -> assertThat(expected).as("seed %d", seed).hasMessageContaining(": expected "));
    return usage;
  }

  private static Optional<BadInput> refusal(Path file, int seed, IOConsumer<Path> reading) {
    try {
      reading.accept(file);
      return Optional.empty();
    } catch (BadInput expected) {
      return Optional.of(expected);
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ": expected a read or a BadInput, got " + e, e);
    }
  }
}
