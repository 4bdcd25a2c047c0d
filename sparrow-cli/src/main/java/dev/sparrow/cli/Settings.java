package dev.sparrow.cli;

import dev.sparrow.config.ConfigSources;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is said to a command besides its options.
 *
 * @param file the settings file
 * @param assigned {@code --set}, which wins over the options
 */
record Settings(SettingsLayer file, SettingsLayer assigned) {

  /** Nothing given. */
  static final Settings NONE = new Settings(new SettingsLayer(), new SettingsLayer());

  /** Whether the file or {@code --set} says anything about a part of the run's configuration. */
  boolean mention(String key) {
    return layers().flatMap(layer -> layer.configuration().stream()).anyMatch(value -> value.key().equals(key));
  }

  /** Puts the file's values over what is there. */
  void applyFile(ConfigSources sources) {
    file.configuration().forEach(value -> value.applyTo(sources));
  }

  /** Puts the values of {@code --set} over what is there. */
  void applyAssigned(ConfigSources sources) {
    assigned.configuration().forEach(value -> value.applyTo(sources));
  }

  /**
   * Names the key and the place of an option's value that did not stand on the command line.
   *
   * @param message an error message that begins with the option's name, or any other
   * @return the message with the key instead of the option, and where it was given
   */
  String located(String message) {
    return layers()
        .flatMap(layer -> layer.options().entrySet().stream())
        .flatMap(entry -> located(message, entry.getKey(), entry.getValue()).stream())
        .findFirst()
        .orElse(message);
  }

  private static Optional<String> located(String message, SettableOption option, SettingValue value) {
    String start = option.name() + ": ";
    return message.startsWith(start)
        ? Optional.of(value.key() + ": " + message.substring(start.length()) + " (" + value.where() + ")")
        : Optional.empty();
  }

  private Stream<SettingsLayer> layers() {
    return Stream.of(file, assigned);
  }
}
