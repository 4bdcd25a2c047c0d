package dev.sparrow.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one place, a file or all of {@code --set}, says to one command. */
final class SettingsLayer {

  private final List<SettingValue> shared = new ArrayList<>();
  private final List<SettingValue> own = new ArrayList<>();
  private final Map<SettableOption, SettingValue> options = new LinkedHashMap<>();

  /** Adds a value of the run's configuration that is meant for every command. */
  void share(SettingValue value) {
    shared.add(value);
  }

  /** Adds a value of the run's configuration that is meant for this command. */
  void configure(SettingValue value) {
    own.add(value);
  }

  /** Adds the value of one of the command's own options. */
  void put(SettableOption option, SettingValue value) {
    options.put(option, value);
  }

  /** Forgets the value of an option that was typed. */
  void remove(SettableOption option) {
    options.remove(option);
  }

  /** Adds everything that another one says. */
  void addAll(SettingsLayer other) {
    shared.addAll(other.shared);
    own.addAll(other.own);
    options.putAll(other.options);
  }

  /** Whether it says nothing. */
  boolean isEmpty() {
    return shared.isEmpty() && own.isEmpty() && options.isEmpty();
  }

  /** The values of the run's configuration; later ones win. */
  List<SettingValue> configuration() {
    return Stream.concat(shared.stream(), own.stream()).toList();
  }

  /** The values of the command's own options. */
  Map<SettableOption, SettingValue> options() {
    return options;
  }
}
