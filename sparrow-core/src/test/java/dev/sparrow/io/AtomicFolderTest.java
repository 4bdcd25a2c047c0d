package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever moment the writer is stopped at, a reader finds two files of the same version. */
class AtomicFolderTest {

  private static final List<String> FILES = List.of("manifest.json", "tensors.safetensors");

  @TempDir private Path folder;

  @Test
  void nothingBeforeTheFirst() {
    assertThat(new AtomicFolder(folder.resolve("last")).current()).isEmpty();
  }

  @Test
  void replacesAndCleansUp() throws IOException {
    AtomicFolder last = new AtomicFolder(folder.resolve("last"));
    last.replace(fresh -> fill(fresh, "1"));
    last.replace(fresh -> fill(fresh, "2"));
    assertThat(version(folder.resolve("last"))).isEqualTo("2");
    assertThat(names(folder)).containsExactly("last");
    assertThat(last.current()).contains(folder.resolve("last"));
  }

  @Test
  void failureKeepsTheOld() throws IOException {
    AtomicFolder last = new AtomicFolder(folder.resolve("last"));
    last.replace(fresh -> fill(fresh, "1"));
    assertThatThrownBy(
            () ->
                last.replace(
                    fresh -> {
                      Files.writeString(fresh.resolve("manifest.json"), "2");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");
    assertThat(version(folder.resolve("last"))).isEqualTo("1");
    assertThat(names(folder)).containsExactly("last");
  }

  @Test
  void stoppedAtAnyMomentOfTheFirst() throws IOException {
    for (Path disk : disksDuringReplacement("2")) {
      AtomicFolder last = new AtomicFolder(disk.resolve("last"));
      assertThat(last.current().map(AtomicFolderTest::version))
          .as(names(disk).toString())
          .isIn(Optional.empty(), Optional.of("2"));
      last.replace(fresh -> fill(fresh, "3"));
      assertThat(version(disk.resolve("last"))).isEqualTo("3");
      assertThat(names(disk)).containsExactly("last");
    }
  }

  @Test
  void stoppedAtAnyMomentOfALaterOne() throws IOException {
    new AtomicFolder(folder.resolve("live/last")).replace(fresh -> fill(fresh, "1"));
    List<String> seen = new ArrayList<>();
    for (Path disk : disksDuringReplacement("2")) {
      AtomicFolder last = new AtomicFolder(disk.resolve("last"));
      List<String> before = names(disk);
      seen.add(version(last.current().orElseThrow()));
      assertThat(names(disk)).as("reading changes nothing").isEqualTo(before);
      last.replace(
          fresh -> {
            assertThat(version(last.current().orElseThrow())).as("still there while the next is written").isIn("1", "2");
            fill(fresh, "3");
          });
      assertThat(version(disk.resolve("last"))).isEqualTo("3");
      assertThat(names(disk)).containsExactly("last");
    }
    // Empty, half filled, filled; then retired, published, cleaned.
    assertThat(seen).containsExactly("1", "1", "1", "2", "2", "2");
  }

  @Test
  void killedForReal() throws Exception {
    Path target = folder.resolve("last");
    for (int round = 0; round < 3; round++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp", System.getProperty("java.class.path"), EndlessWriter.class.getName(), target.toString())
              .redirectErrorStream(true)
              .start();
      try (BufferedReader lines = new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
        for (int i = 0; i < 20 + 7 * round; i++) {
          assertThat(lines.readLine()).containsOnlyDigits();
        }
        writer.destroyForcibly().waitFor();
      }
      assertThat(version(new AtomicFolder(target).current().orElseThrow())).containsOnlyDigits();
    }
  }

  /** Replaces the folder again and again until it is killed. */
  static final class EndlessWriter {

    private EndlessWriter() {}

    /** Writes versions 0, 1, 2, ... and prints each when it is done. */
    public static void main(String[] args) throws IOException {
      AtomicFolder last = new AtomicFolder(Path.of(args[0]));
      for (int i = 0; ; i++) {
        String version = String.valueOf(i);
        last.replace(fresh -> fill(fresh, version));
        System.out.println(version);
      }
    }
  }

  /** Copies of the disk as it was at each moment of one replacement of {@code live/last}. */
  private List<Path> disksDuringReplacement(String version) throws IOException {
    List<Path> disks = new ArrayList<>();
    Path live = folder.resolve("live");
    Files.createDirectories(live);
    AtomicFolder last = new AtomicFolder(live.resolve("last"), step -> disks.add(copyOf(live, disks.size())));
    last.replace(
        fresh -> {
          disks.add(copyOf(live, disks.size()));
          Files.writeString(fresh.resolve(FILES.get(0)), version);
          disks.add(copyOf(live, disks.size()));
          Files.writeString(fresh.resolve(FILES.get(1)), version);
        });
    return disks;
  }

  private Path copyOf(Path live, int number) {
    Path copy = folder.resolve("disk" + number);
    try (Stream<Path> paths = Files.walk(live)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, copy.resolve(live.relativize(path).toString()));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Path folder, String version) throws IOException {
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), version);
    }
  }

  private static String version(Path folder) {
    try {
      assertThat(names(folder)).isEqualTo(FILES);
      assertThat(Files.readString(folder.resolve(FILES.get(0)))).isEqualTo(Files.readString(folder.resolve(FILES.get(1))));
      return Files.readString(folder.resolve(FILES.get(0)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
