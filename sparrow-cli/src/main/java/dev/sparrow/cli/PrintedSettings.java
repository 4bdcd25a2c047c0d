package dev.sparrow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.io.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings file of one call of a command: with it alone, the command would do the same. */
final class PrintedSettings {

  private PrintedSettings() {}

  /**
   * The text of the file.
   *
   * @param command the command, parsed
   * @return indented JSON: the run's configuration if the command looks at one, then the command's section with every option that has a value
   */
  static String text(SettingsCommand command) {
    ObjectNode root = command instanceof Configured configured ? ConfigFile.tree(configured.config()) : command.otherSettings();
    SettingsSection section = SettingsSection.of(command.spec());
    Map<String, JsonNode> values = new LinkedHashMap<>();
    section.options().forEach((key, option) -> option.value().ifPresent(value -> values.put(key, value)));
    if (!values.isEmpty()) {
      ObjectNode place = root;
      for (String name : section.name().split("\\.")) {
        place = place.withObjectProperty(name);
      }
      place.setAll(values);
    }
    return Json.pretty(root);
  }
}
