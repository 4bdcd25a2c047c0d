package dev.sparrow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.io.Documents;
import java.nio.file.Path;
import java.util.List;

/**
 * One value of a settings file or of {@code --set}.
 *
 * @param key dotted, for example {@code evaluate.quick}
 * @param value as it was given
 * @param typed whether a text may stand for a number, as in YAML
 * @param where where it was given, for error messages
 */
record SettingValue(String key, JsonNode value, boolean typed, String where) {

  /**
   * The values of a file.
   *
   * @param file JSON or, by its name, YAML
   * @return in the order of the file
   * @throws BadInput if the file is missing or malformed
   */
  static List<SettingValue> ofFile(Path file) {
    boolean yaml = Documents.isYaml(file);
    return ConfigFile.leaves(file).entrySet().stream()
        .map(entry -> new SettingValue(entry.getKey(), entry.getValue(), yaml, file.toString()))
        .toList();
  }

  /**
   * The values of a {@code --set}, which may use an option's name instead of a configuration's keys.
   *
   * @param assignment {@code key=value}
   * @return one per key
   * @throws BadInput if it has another form
   */
  static List<SettingValue> ofAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw BadInput.usage("--set", "key=value", "'" + assignment + "'");
    }
    JsonNode text = JsonNodeFactory.instance.textNode(assignment.substring(equals + 1).strip());
    return RunOption.keysOf(assignment.substring(0, equals).strip()).stream()
        .map(key -> new SettingValue(key, text, true, "--set " + assignment))
        .toList();
  }

  /** The same under another key. */
  SettingValue as(String other) {
    return new SettingValue(other, value, typed, where);
  }

  /** Whether it takes a value away instead of giving one. */
  boolean isEmpty() {
    return value.isNull() || typed && value.isTextual() && value.asText().isEmpty();
  }

  /** Puts it over what is there. */
  void applyTo(ConfigSources sources) {
    sources.set(key, value, typed, where);
  }
}
