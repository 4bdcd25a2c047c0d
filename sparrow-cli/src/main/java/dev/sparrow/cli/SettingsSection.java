package dev.sparrow.cli;

import dev.sparrow.config.ConfigSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The section of a settings file that belongs to one command: its own options and parameters, and what the run's configuration is to be for
 * this command alone. A key that could be either is the option's.
 *
 * @param command the command
 * @param options its own options and parameters, by their keys
 */
record SettingsSection(CommandSpec command, Map<String, SettableOption> options) {

  /** Options of a call, not of what is done. */
  private static final Set<String> COMMAND_LINE_ONLY = Set.of("--help", "--stacktrace", "--config", "--set", "--print-config");

  /** The section of a command. */
  static SettingsSection of(CommandSpec command) {
    Map<String, SettableOption> options = new LinkedHashMap<>();
    for (ArgSpec arg : command.args()) {
      SettableOption option = new SettableOption(arg);
      if (RunOption.of(arg).isEmpty() && !COMMAND_LINE_ONLY.contains(option.name())) {
        options.put(option.key(), option);
      }
    }
    return new SettingsSection(command, options);
  }

  /** The sections of a program's commands. */
  static List<SettingsSection> all(CommandSpec program) {
    return commands(program).filter(command -> command.userObject() instanceof SettingsCommand).map(SettingsSection::of).toList();
  }

  private static Stream<CommandSpec> commands(CommandSpec group) {
    Stream<CommandSpec> below = group.subcommands().values().stream().map(CommandLine::getCommandSpec).flatMap(SettingsSection::commands);
    return Stream.concat(Stream.of(group), below);
  }

  /** Its key in a file, for example {@code evaluate} or {@code bench.step}. */
  String name() {
    return command.qualifiedName(".").substring(command.root().name().length() + 1);
  }

  /** Whether its command looks at a run's configuration. */
  boolean isConfigured() {
    return command.userObject() instanceof Configured;
  }

  /** What a key of a file is within this section; empty if it is not in it. */
  Optional<String> below(String key) {
    String prefix = name() + ".";
    return key.startsWith(prefix) ? Optional.of(key.substring(prefix.length())) : Optional.empty();
  }

  /** Its keys, as a file has them. */
  Stream<String> keys() {
    Stream<String> configuration = isConfigured() ? ConfigSources.keys().stream() : Stream.of();
    return Stream.concat(options.keySet().stream(), configuration).distinct().map(key -> name() + "." + key);
  }

  /** Whether a key would be that of an option which only the command line may have. */
  boolean isCommandLineOnly(String key) {
    return command.options().stream()
        .filter(option -> COMMAND_LINE_ONLY.contains(option.longestName()))
        .anyMatch((OptionSpec option) -> new SettableOption(option).key().equals(key));
  }
}
