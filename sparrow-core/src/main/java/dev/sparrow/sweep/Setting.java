package dev.sparrow.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.ConfigSources;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One value for one or more keys of a configuration.
 *
 * @param name as the sweep file has it: a dotted key or an option's name
 * @param keys the dotted keys that it stands for
 * @param value the value
 * @param typed whether a text may stand for a number, as in YAML
 * @param where where it was given, for error messages
 */
record Setting(String name, List<String> keys, JsonNode value, boolean typed, String where) {

  /** Puts the value over what is there. */
  void applyTo(ConfigSources sources) {
    keys.forEach(key -> sources.set(key, value, typed, where));
  }

  /** The same with another value. */
  Setting with(JsonNode other) {
    return new Setting(name, keys, other, typed, where);
  }

  /** The value as a user would type it. */
  String text() {
    return text(value);
  }

  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false).map(Setting::text).collect(Collectors.joining(","))
        : value.asText();
  }
}
