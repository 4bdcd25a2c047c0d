package dev.sparrow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What a command line says about a run's configuration: options, the settings file and {@code --set}. */
final class RunOptions {

  private final Map<RunOption, String> given = new LinkedHashMap<>();

  private final Settings settings;

  private RunOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * The configuration options of a command line.
   *
   * @param parsed the command with its options, one that reads settings
   * @return those that were given
   */
  static RunOptions of(ParseResult parsed) {
    RunOptions options = new RunOptions(((SettingsCommand) parsed.commandSpec().userObject()).settings());
    for (OptionSpec option : parsed.matchedOptions()) {
      RunOption.of(option).ifPresent(row -> options.given.put(row, String.valueOf(option.<Object>getValue())));
    }
    return options;
  }

  /**
   * The same with one more option, as if it stood on the command line.
   *
   * @param option not among those that were given
   * @param text its value
   * @return new options
   */
  RunOptions with(RunOption option, String text) {
    RunOptions options = new RunOptions(settings);
    options.given.put(option, text);
    options.given.putAll(given);
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

  /** Whether anything gives the option or one of its keys. */
  boolean mention(RunOption option) {
    return given.containsKey(option) || option.keys().stream().anyMatch(settings::mention);
  }

  /**
   * The configuration: a base, then the settings file, then options, then {@code --set}, each over the ones before.
   *
   * @param base what applies where nothing is given
   * @return the whole configuration
   */
  RunConfig resolve(RunConfig base) {
    ConfigSources sources = ConfigSources.over(base);
    settings.applyFile(sources);
    given.forEach((option, text) -> option.keys().forEach(key -> sources.set(key, text, option.option())));
    settings.applyAssigned(sources);
    return sources.resolve();
  }

  /**
   * The configuration of a run that is to be continued. Its engine may be another; options that would change anything else are refused,
   * repeating the run's own is fine.
   *
   * @param stored the run's configuration
   * @return the run's configuration, perhaps on another engine
   * @throws BadInput naming every option that differs
   */
  RunConfig resumed(RunConfig stored) {
    RunConfig wanted = resolve(stored);
    JsonNode own = Json.tree(stored);
    JsonNode asked = Json.tree(wanted);
    List<RunOption> differing =
        Arrays.stream(RunOption.values())
            .filter(option -> option != RunOption.ENGINE && !values(option, own).equals(values(option, asked)))
            .toList();
    if (!differing.isEmpty()) {
      throw BadInput.usage("--resume", "the run's own options, " + described(differing, own), described(differing, asked));
    }
    return wanted;
  }

  private static String described(List<RunOption> options, JsonNode tree) {
    return options.stream()
        .map(option -> option.option() + " " + String.join(" and ", values(option, tree)))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> values(RunOption option, JsonNode tree) {
    return option.keys().stream().map(key -> RunDefaults.text(tree, key)).collect(Collectors.toCollection(TreeSet::new));
  }
}
