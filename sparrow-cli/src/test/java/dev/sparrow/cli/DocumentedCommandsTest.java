package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** Every command line in README and the documents is one that this program takes. */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  static Stream<String> commands() throws IOException {
    try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages = documents.filter(path -> path.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.stream())
          .flatMap(DocumentedCommandsTest::lines)
          .filter(line -> line.startsWith("./sparrow "))
          .map(line -> line.substring("./sparrow ".length()))
          .distinct();
    }
  }

  private static Stream<String> lines(Path page) {
    try {
      return Files.readAllLines(page).stream().map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void parses(String command) throws IOException {
    List<String> words = Program.words(command);
    if (List.of("train", "robust-bird", "main_adv", "train_eb").contains(words.get(0)) && !words.contains("--resume") && !words.contains("--config")) {
      Program.Outcome outcome = Program.run(Stream.concat(words.stream(), Stream.of("--print-config")).toArray(String[]::new));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    } else {
      Program.commandLine().parseArgs(Program.documented(command));
    }
  }

  /** Those that read settings themselves and name no file yet. */
  static Stream<String> commandsWithoutFile() throws IOException {
    return commands()
        .filter(command -> Collections.disjoint(Program.words(command), List.of("--config", "main_adv", "train_eb")));
  }

  @ParameterizedTest
  @MethodSource("commandsWithoutFile")
  void aSettingsFileThatSaysNothingChangesNothing(String command) throws IOException {
    List<String> words = Program.words(command);
    String empty = Files.writeString(folder.resolve("empty.yaml"), "").toString();
    String[] with = Stream.concat(words.stream(), Stream.of("--config", empty)).toArray(String[]::new);
    assertThat(values(with).replace("--config=Optional[" + empty + "]\n", "")).isEqualTo(values(words.toArray(String[]::new)));
  }

  /** What was given to the command, and its value. */
  private static String values(String... words) {
    ParseResult parsed = Program.commandLine().parseArgs(words);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed.matchedArgs().stream()
        .map(SettableOption::new)
        .map(option -> option.name() + "=" + option.arg().<Object>getValue() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  @Test
  void readmeShowsItsTwoCommands() throws IOException {
    assertThat(commands()).anyMatch(command -> command.startsWith("train --method flying-bird-plus --dataset cifar10-sample"));
    assertThat(lines(ROOT.resolve("README.md"))).contains("mvn -B verify");
    assertThat(lines(ROOT.resolve(".ci/run"))).anyMatch(line -> line.endsWith("mvn -B verify"));
  }
}
