package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Every command prints its settings, and the print read back prints the same: found by walking the commands, so that none is left out. */
class PrintedSettingsTest {

  /** Commands that take the words of others, or have nothing to set. */
  private static final Set<String> WITHOUT = Set.of("main_adv", "train_eb", "completion");

  private static final String WEIGHTS = "--weights";

  /** Options that need another one, which is not --weights. */
  private static final Map<String, String> BESIDE = Map.of("OTHER", "RUN", "--resume", "--save-dir");

  @TempDir private static Path folder;

  private static Path run;

  @BeforeAll
  static void makeRunFolder() throws IOException {
    run = Files.createDirectories(folder.resolve("run"));
    String config = ConfigFile.text(ConfigSources.defaults().set("method=robust-bird").set("network.width=3").set("seed=5").set("testAttack.steps=2").resolve());
    Files.writeString(run.resolve("config.json"), config);
    String sweep = "base: {lr: 5e-2, test-eps: 4/255}\ngrid: {seed: [1, 2]}\nruns: {a: {method: dense}, b: {}}\n";
    Files.writeString(folder.resolve("sweep.yaml"), sweep);
  }

  static Stream<CommandSpec> commands() {
    return HelpTest.commands().filter(command -> command.subcommands().isEmpty() && !WITHOUT.contains(command.name()));
  }

  static Stream<ArgSpec> options() {
    return commands().flatMap(PrintedSettingsTest::options).map(SettableOption::arg);
  }

  @Test
  void allCommandsTakeSettings() {
    assertThat(commands().map(command -> command.userObject().getClass())).isNotEmpty().allMatch(SettingsCommand.class::isAssignableFrom);
  }

  @Test
  void commandsWithOptionsOfAConfigurationShowIt() {
    for (CommandSpec command : commands().toList()) {
      boolean has = command.args().stream().anyMatch(arg -> RunOption.of(arg).isPresent());
      assertThat(command.userObject() instanceof Configured).as(command.qualifiedName()).isEqualTo(has);
    }
  }

  @Test
  void noTwoMeaningsShareAKey() {
    Set<String> configuration = ConfigSources.keys();
    for (CommandSpec command : commands().toList()) {
      List<String> keys = options(command).map(SettableOption::key).toList();
      assertThat(keys).as(command.qualifiedName()).doesNotHaveDuplicates();
      SettingsSection section = SettingsSection.of(command);
      assertThat(section.options().keySet()).containsExactlyElementsOf(keys);
      assertThat(keys).noneMatch(key -> configuration.contains(section.name() + "." + key));
    }
  }

  private static Stream<SettableOption> options(CommandSpec command) {
    List<String> common = List.of("--help", "--stacktrace", "--config", "--set", "--print-config");
    return command.args().stream()
        .filter(arg -> RunOption.of(arg).isEmpty())
        .map(SettableOption::new)
        .filter(option -> !common.contains(option.name()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aPrintReadsBack(CommandSpec command) throws IOException {
    List<String> words = commandLine(command, Optional.empty());
    words.addAll(command.userObject() instanceof Configured ? List.of("--set", "seed=11", "--set", "testAttack.eps=0.03") : List.of());
    assertReadsBack(command, words, "settings.json");
    assertReadsBack(command, words, "settings.yaml");
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionIsPrintedAndReadBack(ArgSpec arg) throws IOException {
    CommandSpec command = arg.command();
    SettableOption option = new SettableOption(arg);
    List<String> words = commandLine(command, Optional.of(option));
    JsonNode printed = assertReadsBack(command, words, "settings.json");
    JsonNode value = printed.at("/" + SettingsSection.of(command).name().replace('.', '/') + "/" + option.key());
    JsonNode single = value.isArray() ? value.get(0) : value;
    assertThat(single.isDouble() ? Texts.format("%.0f", single.asDouble()) : single.asText()).as(words.toString()).isEqualTo(text(option));
  }

  private static JsonNode assertReadsBack(CommandSpec command, List<String> words, String name) throws IOException {
    Program.Outcome printed = printed(words);
    assertThat(printed.exitCode()).as(words + ": " + printed.err()).isZero();
    List<String> again = name(command);
    again.addAll(List.of("--config", Files.writeString(folder.resolve(name), printed.out()).toString()));
    Program.Outcome outcome = printed(again);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo(printed.out());
    return Json.parse(printed.out(), JsonNode.class, words);
  }

  private static List<String> name(CommandSpec command) {
    List<String> words = new ArrayList<>(List.of(command.qualifiedName(" ").split(" ")));
    words.remove(0);
    return words;
  }

  private static Program.Outcome printed(List<String> words) {
    return Program.run(Stream.concat(words.stream(), Stream.of("--print-config")).toArray(String[]::new));
  }

  /** A command line with what a command insists on, and with an option and what that insists on. */
  private static List<String> commandLine(CommandSpec command, Optional<SettableOption> wanted) {
    List<String> words = name(command);
    if (command.name().equals("sweep")) {
      words.addAll(List.of("--config", folder.resolve("sweep.yaml").toString()));
    }
    String beside = wanted.map(option -> BESIDE.getOrDefault(option.name(), WEIGHTS)).orElse(WEIGHTS);
    Optional<String> choice = wanted.flatMap(SettableOption::choice);
    for (SettableOption option : options(command).toList()) {
      boolean needed = option.arg().required() || option.name().equals(beside) && (choice.isEmpty() || !option.choice().equals(choice));
      if (needed || wanted.equals(Optional.of(option))) {
        words.addAll(option.words(texts(option)));
      }
    }
    return words;
  }

  private static List<String> texts(SettableOption option) {
    return option.name().equals("NETWORK") ? List.of(text(option), "4") : List.of(text(option));
  }

  private static String text(SettableOption option) {
    boolean flag = List.of(Boolean.class, boolean.class).contains(option.arg().auxiliaryTypes()[0]);
    return switch (option.name()) {
      case "RUN", "--save-dir" -> run.toString();
      case "--layout" -> "channels-first";
      case "--stage2" -> "fast";
      default -> flag ? "true" : "3";
    };
  }
}
