package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path parent;

  @Test
  void namesAreTheContracts() {
    RunFolder folder = new RunFolder(Path.of("run"));
    assertThat(folder.config()).isEqualTo(Path.of("run/config.json"));
    assertThat(folder.metrics()).isEqualTo(Path.of("run/metrics.jsonl"));
    assertThat(folder.result()).isEqualTo(Path.of("run/result.json"));
    assertThat(folder.curves()).isEqualTo(Path.of("run/curves.png"));
    assertThat(folder.report()).isEqualTo(Path.of("run/report.html"));
    assertThat(folder.log()).isEqualTo(Path.of("run/log.txt"));
    assertThat(folder.lastCheckpoint()).isEqualTo(Path.of("run/checkpoints/last"));
    assertThat(folder.bestRobustCheckpoint()).isEqualTo(Path.of("run/checkpoints/best-robust"));
    assertThat(folder.bestCleanCheckpoint()).isEqualTo(Path.of("run/checkpoints/best-clean"));
  }

  @Test
  void aNewRunTakesANewOrEmptyFolder() throws IOException {
    Path root = parent.resolve("deep/run");
    assertThat(RunFolder.create(root).holdsRun()).isFalse();
    assertThat(root).isEmptyDirectory();
    RunFolder.create(root).lock().close();
    Files.writeString(root.resolve("log.txt"), "died early");
    assertThat(RunFolder.create(root).isFinished()).isFalse();
  }

  @Test
  void aNewRunRefusesWhatIsThere() throws IOException {
    Path root = Files.createDirectory(parent.resolve("run"));
    Files.writeString(root.resolve("thesis.tex"), "");
    assertThatThrownBy(() -> RunFolder.create(root))
        .isInstanceOf(BadInput.class)
        .hasMessage("run folder: expected a new or empty folder, got one that holds 'thesis.tex' (%s)", root);
    Files.writeString(root.resolve("config.json"), "{}");
    assertThatThrownBy(() -> RunFolder.create(root))
        .hasMessage("run folder: expected a new or empty folder, got one that holds a run; use --resume to continue it (%s)", root);
    Path file = root.resolve("config.json");
    assertThatThrownBy(() -> RunFolder.create(file)).hasMessage("run folder: expected a new or empty folder, got a file (%s)", file);
  }

  @Test
  void resumingNeedsARun() throws IOException {
    Path root = parent.resolve("run");
    assertThatThrownBy(() -> RunFolder.existing(root)).hasMessage("run folder: expected a folder that holds a run, got nothing (%s)", root);
    Files.createDirectory(root);
    assertThatThrownBy(() -> RunFolder.existing(root))
        .hasMessage("run folder: expected a folder that holds a run, got one without config.json (%s)", root);
    Files.writeString(root.resolve("config.json"), "{}");
    assertThat(RunFolder.existing(root).isFinished()).isFalse();
    Files.writeString(root.resolve("result.json"), "{}");
    assertThat(RunFolder.existing(root).isFinished()).isTrue();
  }

  @Test
  void oneRunAtATimeInThisProcess() {
    RunFolder folder = RunFolder.create(parent.resolve("run"));
    long pid = ProcessHandle.current().pid();
    try (RunLock held = folder.lock()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(folder::lock)
          .isInstanceOf(BadInput.class)
          .hasMessage("run folder: expected one that nobody is writing to, got one in use by process %d, this one (%s)", pid, folder.root());
    }
    folder.lock().close();
  }

  @Test
  void oneProcessAtATimeAndAKilledOneLetsGo() throws Exception {
    RunFolder folder = RunFolder.create(parent.resolve("run"));
    Process other = startHolder(folder);
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("locked");
      assertThatThrownBy(folder::lock)
          .isInstanceOf(BadInput.class)
          .hasMessage("run folder: expected one that nobody is writing to, got one in use by process %d (%s)", other.pid(), folder.root());
    } finally {
      other.destroyForcibly().waitFor();
    }
    folder.lock().close();
  }

  @Test
  void aSecondTryHereDoesNotBreakTheLockForOthers() throws Exception {
    RunFolder folder = RunFolder.create(parent.resolve("run"));
    try (RunLock held = folder.lock()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(folder::lock).isInstanceOf(BadInput.class);
      Process other = startHolder(folder);
      try (BufferedReader out = other.inputReader()) {
        assertThat(out.readLine()).contains("in use by process " + ProcessHandle.current().pid());
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  private static Process startHolder(RunFolder folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), Holder.class.getName(), folder.root().toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Another process: locks the folder, says so, and holds it until it is killed or its input ends. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (RunLock held = RunFolder.create(Path.of(args[0])).lock()) {
        System.out.println(held == null ? "nothing" : "locked");
        System.in.read();
      } catch (BadInput e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
