package dev.sparrow.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.BadInput;
import dev.sparrow.config.Nearest;
import dev.sparrow.io.Documents;
import dev.sparrow.io.Leaves;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What to run, as people write it:
 *
 * <pre>
 * base: {dataset: cifar10-sample, network: {width: 16}, epochs: 10}   # what all runs have in common
 * grid: {density: [0.1, 0.2], seed: [1, 2, 3]}                        # crossed
 * runs:                                                               # crossed with the grid
 *   dense: {method: dense}
 *   snip: {method: static, prune.scorer: snip}
 * </pre>
 *
 * <p>Settings are nested keys, dotted keys, or other names of {@link SettingNames}. The grid's win over the base, a run's over both.
 * Without {@code runs} the runs are named by their methods.
 *
 * @param path the file
 * @param base what all runs have in common
 * @param grid what is crossed
 * @param variants the named runs; may be empty
 */
record SweepFile(Path path, List<Setting> base, List<Axis> grid, List<Variant> variants) {

  private static final List<String> KEYS = List.of("base", "grid", "runs");

  /** Where the file has options of the command that runs it; nothing of them shows in the runs. */
  private static final String COMMAND = "sweep";

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

  /**
   * Reads a sweep. Whether its keys and values fit a configuration shows when it is planned.
   *
   * @param path JSON or, by its name, YAML
   * @param names what its settings may be called besides their keys
   * @throws BadInput if the file is missing or malformed, a section is unknown, or a value is given twice
   */
  static SweepFile read(Path path, SettingNames names) {
    ObjectNode root = Documents.read(path, "sweep");
    root.fieldNames().forEachRemaining(key -> checkSection(key, path));
    Reader reader = new Reader(path, names);
    return new SweepFile(
        path,
        reader.settings(reader.section(root, "base"), "base"),
        reader.settings(reader.section(root, "grid"), "grid").stream().map(Reader::axis).toList(),
        reader.variants(reader.section(root, "runs")));
  }

  /**
   * What a file holds, to be written as JSON.
   *
   * @param path JSON or, by its name, YAML
   * @return the sections; of YAML, texts that stand for numbers are numbers
   */
  static ObjectNode sections(Path path) {
    ObjectNode root = Documents.read(path, "sweep");
    root.fieldNames().forEachRemaining(key -> checkSection(key, path));
    root.remove(COMMAND);
    return Documents.isYaml(path) ? (ObjectNode) withNumbers(root) : root;
  }

  /** Jackson takes 5e-4 for a text, as it has no point. */
  private static JsonNode withNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(withNumbers(entry.getValue())));
    } else if (node instanceof ArrayNode list) {
      IntStream.range(0, list.size()).forEach(i -> list.set(i, withNumbers(list.get(i))));
    } else if (node.isTextual() && NUMBER.matcher(node.asText()).matches()) {
      return DecimalNode.valueOf(new BigDecimal(node.asText()));
    }
    return node;
  }

  private static void checkSection(String key, Path path) {
    if (!KEYS.contains(key) && !key.equals(COMMAND)) {
      throw BadInput.data("sweep key", "a known one, perhaps '" + Nearest.key(key, KEYS) + "'", "'" + key + "'", path);
    }
  }

  /** Turns trees into settings. */
  private record Reader(Path path, SettingNames names) {

    ObjectNode section(ObjectNode parent, String key) {
      JsonNode section = parent.path(key);
      if (section.isMissingNode() || section.isNull()) {
        return parent.objectNode();
      }
      if (!(section instanceof ObjectNode object)) {
        throw BadInput.data(key, "keys and values", section, path);
      }
      return object;
    }

    List<Setting> settings(ObjectNode tree, String section) {
      String where = path + ", " + section;
      List<Setting> settings = new ArrayList<>();
      Map<String, String> nameOfKey = new HashMap<>();
      Leaves.of(tree, where)
          .forEach(
              (name, value) -> {
                Setting setting = new Setting(name, names.keys(name), value, Documents.isYaml(path), where);
                setting.keys().forEach(key -> requireFirst(key, name, nameOfKey, where));
                settings.add(setting);
              });
      return settings;
    }

    private static void requireFirst(String key, String name, Map<String, String> nameOfKey, String where) {
      Optional<String> before = Optional.ofNullable(nameOfKey.put(key, name));
      if (before.isPresent()) {
        throw BadInput.data(key, "one value", "one as '" + before.get() + "' and one as '" + name + "'", where);
      }
    }

    static Axis axis(Setting setting) {
      if (!setting.value().isArray() || setting.value().isEmpty()) {
        throw BadInput.data(setting.name(), "a list of one or more values", setting.value(), setting.where());
      }
      return new Axis(StreamSupport.stream(setting.value().spliterator(), false).map(setting::with).toList());
    }

    List<Variant> variants(ObjectNode runs) {
      List<Variant> variants = new ArrayList<>();
      for (Map.Entry<String, JsonNode> run : runs.properties()) {
        String label = run.getKey();
        if (!LABEL.matcher(label).matches()) {
          throw BadInput.data("name of a run", "letters and digits, then also '.', '_', '+' and '-'", "'" + label + "'", path + ", runs");
        }
        variants.add(new Variant(label, settings(section(runs, label), "runs, " + label)));
      }
      return variants;
    }
  }
}
