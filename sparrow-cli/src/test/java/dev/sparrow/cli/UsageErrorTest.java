package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in the command line is one line on stderr, nothing on stdout, exit code 2. */
class UsageErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          inspect arch --depth 34 | option: expected one of --arch, --config, --density, --depth-factor, --help, --image-size, --json, --num-classes, --print-config, --set, --stacktrace, --width, --width-factor, got '--depth' (sparrow inspect arch); did you mean --depth-factor?
          inspect arch --arch resnet17 | --arch: expected one of resnet18, resnet34, resnet50, resnet101, resnet152, vgg11, vgg13, vgg16, vgg19, wideresnet, smalldense, resnet18-post, got 'resnet17'
          inspect arch --width wide | --width: expected a whole number, got 'wide'
          inspect arch --width 0 | --width: expected a whole number of at least 1, got 0 (--width)
          inspect arch --width | --width: expected a value, got nothing (sparrow inspect arch)
          inspect arch --density 1.5 | density: expected a number in (0, 1], got 1.5 (--density)
          inspect arch --density 0 | density: expected a number in (0, 1], got 0.0 (--density)
          inspect arch --num-classes 1 | --num-classes: expected a whole number of at least 2, got 1
          inspect arch --image-size 48 | --image-size: expected 32 or 64, got 48
          inspect arch --image-size big | --image-size: expected a whole number, got 'big'
          inspect arch extra | argument: expected options only, got 'extra' (sparrow inspect arch)
          """)
  void isOneLine(String commandLine, String message) {
    Program.Outcome outcome = Program.run(commandLine);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          inspekt | command: expected one of | got 'inspekt' (sparrow); did you mean inspect?
          inspect archs | command: expected one of arch, | got 'archs' (sparrow inspect); did you mean arch?
          inspect | command: expected one of arch, | got nothing (sparrow inspect --help)
          """)
  void unknownCommandsAreListed(String commandLine, String start, String end) {
    Program.Outcome outcome = Program.run(commandLine);
    assertThat(outcome.errorLines()).singleElement().asString().startsWith(start.strip()).endsWith(end);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
