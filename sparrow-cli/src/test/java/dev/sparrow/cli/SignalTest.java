package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a process of its own is stopped by SIGTERM, saves itself, and then goes on as if nothing had happened. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGTERM there")
class SignalTest {

  private static final String SMALL =
      " --width 2 --batch-size 4 --limit-test 10 --train-attack-steps 1 --test-attack-steps 1 --threads 1 --device cpu --precision fp32 --save-dir ";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --method fb --epochs 2 --limit-train 60 --update-frequency 3 | topology update
          robust-bird --stage1-epochs 1 --epochs 2 --limit-train 40 | stage 2, epoch 1/2
          """)
  void sigtermSavesAndResumeEqualsAnUninterruptedRun(String words, String moment) throws IOException, InterruptedException {
    String train = words + SMALL;
    Path stopped = folder.resolve("stopped");
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Program.words(train + stopped));
    Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader err = process.errorReader()) {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        lines.add(line);
        if (line.contains(moment)) {
          process.toHandle().destroy(); // Process.destroy() would close the streams too
          break;
        }
      }
      err.lines().forEach(lines::add);
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", lines)).isEqualTo(130);
    assertThat(lines)
        .contains("stopping after this batch and saving; once more to stop at once")
        .last()
        .isEqualTo("stopped, state saved; continue with: ./sparrow " + words.split(" ")[0] + " --resume --save-dir " + stopped);
    assertThat(stopped.resolve("result.json")).doesNotExist();

    Path whole = folder.resolve("whole");
    assertThat(Program.run(words.split(" ")[0] + " --resume --save-dir " + stopped).exitCode()).isZero();
    assertThat(Program.run(train + whole).exitCode()).isZero();
    assertThat(tensors(stopped)).isEqualTo(tensors(whole));
  }

  private static byte[] tensors(Path run) throws IOException {
    try (var files = Files.walk(run.resolve("checkpoints/last"))) {
      return Files.readAllBytes(files.filter(file -> file.endsWith("tensors.safetensors")).findFirst().orElseThrow());
    }
  }
}
