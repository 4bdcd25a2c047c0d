package dev.sparrow.report;

import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigGroup;
import dev.sparrow.config.RunConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * In what the experiments of a table differ. What describes the sparse method goes into the labels of the rows; anything else, such as
 * another data set or attack, gets a column, so that nobody compares numbers that do not compare without noticing.
 *
 * @param keys the dotted keys whose values differ among the experiments that read them
 */
record Variation(List<String> keys) {

  private static final String METHOD = "method";
  private static final Set<String> METHOD_PARTS = Set.of("sparsity", "prune", "earlyBird");
  private static final Map<String, Long> NAMES =
      ConfigFile.values(RunConfig.DEFAULT).keySet().stream().collect(Collectors.groupingBy(Variation::name, Collectors.counting()));

  /** What differs among experiments. */
  static Variation among(Collection<ConfigGroup> groups) {
    Map<String, Set<String>> values = new TreeMap<>();
    List<String> order = new ArrayList<>();
    for (ConfigGroup group : groups) {
      group.values().forEach((key, value) -> {
        if (values.computeIfAbsent(key, unknown -> new TreeSet<>()).isEmpty()) {
          order.add(key);
        }
        values.get(key).add(value);
      });
    }
    return new Variation(order.stream().filter(key -> values.get(key).size() > 1).toList());
  }

  /** Whether a value belongs to the sparse method rather than to the setting it is tried in. */
  static boolean describesMethod(String key) {
    return key.equals(METHOD) || METHOD_PARTS.contains(key.substring(0, Math.max(0, key.indexOf('.'))));
  }

  /** The keys that get a column. */
  List<String> settings() {
    return keys.stream().filter(key -> !describesMethod(key)).toList();
  }

  /** The name of an experiment: its method, and what else of the method differs among the experiments. */
  String label(ConfigGroup group) {
    List<String> parts = new ArrayList<>(List.of(group.values().get(METHOD)));
    keys.stream()
        .filter(key -> describesMethod(key) && !key.equals(METHOD))
        .forEach(key -> Optional.ofNullable(group.values().get(key)).ifPresent(value -> parts.add(title(key) + " " + value)));
    return String.join(", ", parts);
  }

  /** The last part of a key, or the whole key where other keys end alike. */
  static String title(String key) {
    return NAMES.getOrDefault(name(key), 1L) == 1 ? name(key) : key;
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
