package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFolderTest {

  @TempDir Path parent;

  private static SweepIndex.Entry entry(String folder, String hash) {
    return new SweepIndex.Entry("snip d0.2", folder, hash, Map.of("seed", "1"));
  }

  @Test
  void theIndexReadsBackAsItWasStored() throws IOException {
    SweepFolder folder = SweepFolder.create(parent.resolve("deep/sweep"));
    assertThat(folder.holdsSweep()).isFalse();
    assertThat(folder.index().runs()).isEmpty();
    SweepIndex index = SweepIndex.of(List.of(entry("b", "sha256:2"), entry("a", "sha256:1")));
    folder.store(index);
    assertThat(folder.index()).isEqualTo(index);
    assertThat(folder.index().ofHash("sha256:1").orElseThrow().folder()).isEqualTo("a");
    assertThat(folder.index().ofHash("sha256:3")).isEmpty();
    assertThat(folder.run("a").root()).isEqualTo(parent.resolve("deep/sweep/a"));
    assertThat(Files.readString(folder.indexFile()))
        .isEqualTo(
            """
            {
              "version": 1,
              "runs": [{
                "label": "snip d0.2",
                "folder": "b",
                "hash": "sha256:2",
                "settings": {
                  "seed": "1"
                }
              }, {
                "label": "snip d0.2",
                "folder": "a",
                "hash": "sha256:1",
                "settings": {
                  "seed": "1"
                }
              }]
            }
            """);
  }

  @Test
  void aFileOrARunIsNoPlaceForASweep() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> SweepFolder.create(file))
        .isInstanceOf(BadInput.class)
        .hasMessage("sweep folder: expected a new folder or a sweep's, got a file (%s)", file);
    Path run = Files.createDirectory(parent.resolve("run"));
    Files.writeString(run.resolve("config.json"), "{}");
    assertThatThrownBy(() -> SweepFolder.create(run))
        .hasMessage("sweep folder: expected a new folder or a sweep's, got one that holds a run (%s)", run);
  }

  @Test
  void oneSweepAtATime() {
    SweepFolder folder = SweepFolder.create(parent.resolve("sweep"));
    try (RunLock lock = folder.lock(Duration.ZERO)) {
      assertThatThrownBy(() -> folder.lock(Duration.ZERO))
          .hasMessage(
              "sweep folder: expected one that nobody is writing to, got one in use by process %d, this one (%s)",
              ProcessHandle.current().pid(), folder.root());
    }
    folder.lock(Duration.ZERO).close();
  }

  @Test
  void damagedIndexesAreRefused() throws IOException {
    SweepFolder folder = SweepFolder.create(parent.resolve("sweep"));
    Path file = folder.indexFile();
    Files.writeString(file, "{\"version\": 2, \"runs\": []}");
    assertThatThrownBy(folder::index).hasMessage("version: expected 1 to 1, got 2 (sweep.json) (%s)", file);
    assertThatThrownBy(() -> SweepIndex.of(List.of(entry("a", "sha256:1"), entry("a", "sha256:2"))))
        .hasMessage("run folder: expected one of its own for every run, got 'a' twice (sweep.json)");
    assertThatThrownBy(() -> SweepIndex.of(List.of(entry("a", "sha256:1"), entry("b", "sha256:1"))))
        .hasMessage("hash: expected one of its own for every run, got 'sha256:1' twice (sweep.json)");
    for (String name : List.of("", "../run", "..", "a\\b")) {
      assertThatThrownBy(() -> entry(name, "sha256:1"))
          .hasMessage("run folder: expected the name of a folder in the sweep folder, got '%s' (sweep.json)", name);
    }
  }
}
