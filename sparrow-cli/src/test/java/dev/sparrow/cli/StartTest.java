package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that need no tensor load no class of libtorch, so that they start at once. */
class StartTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {
        "--help",
        "--version",
        "train --help",
        "train --method fbp --print-config",
        "main_adv --dataset cifar10-sample --fb --print-config",
        "robust-bird --stage1 fast --print-config",
        "train_eb --stage2 pgd --epochs2 2 --arch resnet18 --pruning channel --density 0.2 --data cifar10 --save_dir rb --print-config",
        "prune --help",
        "inspect arch --arch wideresnet --json",
        "inspect quotas --density 0.1",
        "inspect flops",
        "inspect dataset",
        "bench inference --width 2 --batch 1 --repetitions 1 --warm-up 0 --against none",
        "data verify",
        "report nowhere",
        "completion",
        "nonsense"
      })
  void loadsNoNatives(String commandLine) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.txt");
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xlog:class+load:file=" + log));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Program.words(commandLine));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile()).start();
    process.waitFor();
    assertThat(log).content().contains("dev.sparrow.cli.Main");
    assertThat(Files.readAllLines(log)).noneMatch(line -> line.contains("org.bytedeco"));
  }
}
