package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Help is complete: every command shows examples that parse, every option says what it is, its range and its default. */
class HelpTest {

  static Stream<CommandSpec> commands() {
    return withSubcommands(Program.commandLine()).map(CommandLine::getCommandSpec);
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::withSubcommands));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandEndsWithExamplesThatParse(CommandSpec command) throws IOException {
    String help = command.commandLine().getUsageMessage();
    assertThat(help).contains("Examples:");
    List<String> examples = Arrays.stream(command.usageMessage().footer()).filter(line -> line.startsWith("  ")).map(String::strip).toList();
    assertThat(examples).isNotEmpty();
    assertThat(help.lines().filter(line -> !line.isBlank()).toList()).endsWith("  " + examples.get(examples.size() - 1));
    for (String example : examples) {
      assertThat(example).contains(command.qualifiedName());
      String words = example.replaceAll("^source <\\((.*)\\)$", "$1").replaceAll(" > .*$", "").replaceFirst("^sparrow ", "");
      Program.commandLine().parseArgs(Program.documented(words));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionIsDescribed(CommandSpec command) {
    assertThat(command.usageMessage().description()).isNotEmpty();
    for (OptionSpec option : command.options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
      if (!option.usageHelp() && !option.versionHelp()) {
        assertThat(String.join(" ", option.description())).as(option.longestName()).contains("default: ");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpGoesToStdout(CommandSpec command) {
    List<String> words = Program.words(command.qualifiedName() + " --help");
    Program.Outcome outcome = Program.run(words.subList(1, words.size()).toArray(String[]::new));
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("Usage: " + command.qualifiedName());
  }

  @Test
  void completionKnowsCommandsAndNames() {
    Program.Outcome outcome = Program.run("completion");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("inspect").contains("wideresnet").contains("complete -F");
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(Program.run("--version").out()).startsWith("Sparrow ");
  }
}
