package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a command line to a configuration, seen through {@code --print-config}. */
class ConfigurationTest {

  @TempDir private Path folder;

  private static JsonNode config(String options) {
    return Program.json("train --print-config " + options);
  }

  @Test
  void defaultsAreThePapers() {
    JsonNode config = config("");
    assertThat(config.at("/method").asText()).isEqualTo("dense");
    assertThat(config.at("/batchSize").asInt()).isEqualTo(128);
    assertThat(config.at("/epochs").asInt()).isEqualTo(200);
    assertThat(config.at("/optimizer/lr").asDouble()).isEqualTo(0.1);
    assertThat(config.at("/optimizer/momentum").asDouble()).isEqualTo(0.9);
    assertThat(config.at("/optimizer/weightDecay").asDouble()).isEqualTo(5e-4);
    assertThat(config.at("/optimizer/lrMilestones").toString()).isEqualTo("[100,150]");
    assertThat(config.at("/trainAttack").toString())
        .isEqualTo("{\"norm\":\"linf\",\"eps\":\"8/255\",\"stepSize\":\"2/255\",\"steps\":10,\"randomStart\":true}");
    assertThat(config.at("/testAttack/steps").asInt()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --method fb | /method | flying-bird
          --method fbp | /method | flying-bird-plus
          --method RigL | /method | rigl
          --norm l2 | /trainAttack/norm | l2
          --norm l2 | /testAttack/norm | l2
          --no-random-start | /trainAttack/randomStart | false
          --no-random-start | /testAttack/randomStart | false
          --random-start | /testAttack/randomStart | true
          --dynamic-frequency | /sparsity/dynamicFrequency | true
          --train-eps 0.031 | /trainAttack/eps | 0.031
          --test-step-size 1/255 | /testAttack/stepSize | 1/255
          --dynamic-epoch 7 | /sparsity/dynamicEpoch | 7
          --lr-milestones 5,8,13 | /optimizer/lrMilestones/2 | 13
          --seed -3 | /seed | -3
          --data d --dataset cifar100 | /data/dir | d
          --set sparsity.density=0.1 | /sparsity/density | 0.1
          --set density=0.1 | /sparsity/density | 0.1
          --set optimizer.lrMilestones=1,2 | /optimizer/lrMilestones/1 | 2
          --lr 0.3 --set lr=0.4 | /optimizer/lr | 0.4
          """)
  void optionsSetTheirKeys(String options, String pointer, String value) {
    assertThat(config(options).at(pointer).asText()).isEqualTo(value);
  }

  @Test
  void aFileGoesBehindOptionsAndSettings() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "epochs: 7\nsparsity:\n  density: 0.3\n  window: 9\n");
    JsonNode config = config("--config " + file + " --density 0.4 --set window=2");
    assertThat(config.at("/epochs").asInt()).isEqualTo(7);
    assertThat(config.at("/sparsity/density").asDouble()).isEqualTo(0.4);
    assertThat(config.at("/sparsity/window").asInt()).isEqualTo(2);
  }

  @Test
  void aPrintedConfigurationReadsBack() throws IOException {
    String printed = Program.run("train --print-config --method rigl --epochs 3 --train-eps 4/255").out();
    Path file = Files.writeString(folder.resolve("config.json"), printed);
    assertThat(Program.run("train --print-config --config " + file).out()).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --method rigle | --method: expected one of dense, static, set, rigl, flying-bird, flying-bird-plus, gradual, early-bird, robust-bird, got 'rigle'
          --dataset mnist | --dataset: expected one of cifar10, cifar100, tinyimagenet, imagefolder, cifar10-sample, got 'mnist'
          --dataset cifar10 | --data: expected the folder of cifar10, got nothing (--dataset)
          --density 1.5 | density: expected a number in (0, 1], got 1.5 (--density)
          --density much | --density: expected a number, got 'much'
          --drop-fraction 2 | --drop-fraction: expected a number in [0.0, 1.0], got 2.0 (--drop-fraction)
          --epochs 0 | --epochs: expected a whole number of at least 1, got 0 (--epochs)
          --train-eps eight | --train-eps: expected a fraction such as 8/255 or a decimal such as 0.031, got 'eight'
          --lr-milestones 100,x | --lr-milestones: expected whole numbers, separated by commas, got '100,x'
          --lr 0 | --lr: expected a number above 0, got 0.0 (--lr)
          --precision fp16 | --precision: expected one of auto, fp32, bf16, got 'fp16'
          --resume | --save-dir: expected the run folder to continue, with --resume, got nothing
          --set density | --set: expected key=value, got 'density'
          """)
  void mistakesAreOneLine(String options, String message) {
    Program.Outcome outcome = Program.run("train --print-config " + options);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void unknownKeysAreNamed() {
    Program.Outcome outcome = Program.run("train --print-config --set sparsity.densty=0.1");
    assertThat(outcome.errorLines()).singleElement().asString().startsWith("configuration key: expected ").contains("sparsity.density").contains("'sparsity.densty'");
    assertThat(outcome.exitCode()).isIn(1, 2);
  }
}
