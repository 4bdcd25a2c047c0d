package dev.sparrow.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a configuration comes from besides single options. */
final class ConfigOptions {

  /** Nothing given. */
  static final ConfigOptions NONE = new ConfigOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read settings from a JSON or YAML file, such as the config.json of another run; options win over it (a file; default: none)")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Set one value by its key in config.json, for example sparsity.density=0.1; wins over options (any key, repeatable; default: none)")
  private List<String> settings = List.of();

  @Option(names = "--print-config", description = "Print the whole configuration as JSON and exit (a switch; default: off)")
  private boolean print;

  /** The file of {@code --config}. */
  Optional<Path> file() {
    return file;
  }

  /** The assignments of {@code --set}. */
  List<String> settings() {
    return settings;
  }

  /** Whether to print the configuration and do nothing else. */
  boolean print() {
    return print;
  }
}
