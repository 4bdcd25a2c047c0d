package dev.sparrow.sweep;

import java.util.List;

/**
 * Settings under a name.
 *
 * @param label the name; part of folder names
 * @param settings they win over the grid's
 */
record Variant(String label, List<Setting> settings) {

  Variant {
    settings = List.copyOf(settings);
  }

  /** Whether one of the settings sets one of these keys. */
  boolean sets(List<String> keys) {
    return settings.stream().anyMatch(setting -> setting.keys().stream().anyMatch(keys::contains));
  }
}
