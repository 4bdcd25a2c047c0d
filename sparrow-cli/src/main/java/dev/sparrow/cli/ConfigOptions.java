package dev.sparrow.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where settings come from besides single options. */
final class ConfigOptions {

  @Option(
      names = "--config",
      order = SparrowCommand.LAST,
      paramLabel = "FILE",
      description =
          "Read settings from a JSON or YAML file, such as the config.json of a run; options win over it; see docs/configuration.md "
              + "(a file; default: none)")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      order = SparrowCommand.LAST,
      paramLabel = "KEY=VALUE",
      description =
          "Set one value by its key in such a file, for example sparsity.density=0.1; wins over options (any key, repeatable; default: none)")
  private List<String> settings = List.of();

  @Option(
      names = "--print-config",
      order = SparrowCommand.LAST,
      description = "Print all settings as JSON, to be read by --config, and exit (a switch; default: off)")
  private boolean print;

  /** The file of {@code --config}. */
  Optional<Path> file() {
    return file;
  }

  /** The assignments of {@code --set}. */
  List<String> settings() {
    return settings;
  }

  /** Whether to print all settings and do nothing else. */
  boolean print() {
    return print;
  }
}
