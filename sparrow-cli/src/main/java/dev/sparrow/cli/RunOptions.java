package dev.sparrow.cli;

import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.RunConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What a command line says about a run's configuration. */
final class RunOptions {

  private final Map<RunOption, String> given = new LinkedHashMap<>();

  private RunOptions() {}

  /**
   * The configuration options of a command line.
   *
   * @param parsed the command with its options
   * @return those that were given
   */
  static RunOptions of(ParseResult parsed) {
    RunOptions options = new RunOptions();
    for (OptionSpec option : parsed.matchedOptions()) {
      RunOption.named(option.longestName()).ifPresent(row -> options.given.put(row, String.valueOf(option.<Object>getValue())));
    }
    return options;
  }

  /**
   * The options that were given, and their texts.
   *
   * @return in the order of the command line
   */
  Map<RunOption, String> given() {
    return given;
  }

  /**
   * The configuration: the defaults, then a file, then options, then single settings, each over the ones before.
   *
   * @param file the file of {@code --config}
   * @param settings the assignments of {@code --set}
   * @return the whole configuration
   */
  RunConfig resolve(Optional<Path> file, List<String> settings) {
    ConfigSources sources = ConfigSources.defaults();
    file.ifPresent(sources::file);
    given.forEach((option, text) -> option.keys().forEach(key -> sources.set(key, text, option.option())));
    settings.forEach(setting -> sources.set(byKey(setting)));
    return sources.resolve();
  }

  /** A setting may use an option's name instead of the configuration's key. */
  private static String byKey(String setting) {
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      return setting;
    }
    String name = "--" + setting.substring(0, equals).strip();
    return RunOption.named(name).filter(row -> row.keys().size() == 1).map(row -> row.keys().get(0) + setting.substring(equals)).orElse(setting);
  }
}
