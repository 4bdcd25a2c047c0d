package dev.sparrow.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.BadInput;
import dev.sparrow.io.Json;
import dev.sparrow.io.Leaves;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A configuration as a tree whose keys are fixed and whose values keep their kind; keys are dotted paths. */
final class ConfigTree {

  /** The kinds of optional values, which a configuration without them does not show. */
  private static final Map<String, ValueKind> OPTIONAL =
      Map.of(
          "data.dir", ValueKind.TEXT,
          "sparsity.dynamicEpoch", ValueKind.WHOLE,
          "prune.scope", ValueKind.TEXT,
          "prune.rounds", ValueKind.WHOLE,
          "prune.ticket", ValueKind.TEXT,
          "earlyBird.lr", ValueKind.NUMBER,
          "earlyBird.threshold", ValueKind.NUMBER,
          "earlyBird.rewindEpoch", ValueKind.WHOLE,
          "earlyBird.pretrained", ValueKind.TEXT);

  private final ObjectNode root;
  private final Map<String, ValueKind> kinds = new LinkedHashMap<>();

  ConfigTree(RunConfig base) {
    root = (ObjectNode) Json.tree(base);
    Leaves.of(root, "configuration").forEach((key, value) -> kinds.put(key, ValueKind.of(value)));
    kinds.putAll(OPTIONAL);
  }

  /** Every key, those of optional values too. */
  static Set<String> keys() {
    return new ConfigTree(RunConfig.DEFAULT).kinds.keySet();
  }

  ObjectNode root() {
    return root;
  }

  /**
   * Sets a value.
   *
   * @param typed whether it was written where everything is text, so that a text may stand for a number
   */
  void put(String key, JsonNode value, boolean typed, String where) {
    ValueKind kind = Optional.ofNullable(kinds.get(key)).orElseThrow(() -> unknown(key, value, where));
    ObjectNode parent = parent(key);
    String name = key.substring(key.lastIndexOf('.') + 1);
    boolean empties = value.isNull() || typed && value.isTextual() && value.asText().isEmpty();
    if (empties && OPTIONAL.containsKey(key)) {
      parent.remove(name);
      return;
    }
    parent.set(name, kind.read(key, value, typed, where));
  }

  private BadInput unknown(String key, JsonNode value, String where) {
    List<String> parts = kinds.keySet().stream().filter(known -> known.startsWith(key + ".")).toList();
    return parts.isEmpty()
        ? BadInput.data("configuration key", "a known one, perhaps '" + Nearest.key(key, kinds.keySet()) + "'", "'" + key + "'", where)
        : BadInput.data(key, "keys such as '" + parts.get(0) + "'", value, where);
  }

  /** The keys that a configuration may lack. */
  static Set<String> optionalKeys() {
    return OPTIONAL.keySet();
  }

  private ObjectNode parent(String key) {
    ObjectNode node = root;
    List<String> steps = List.of(key.split("\\."));
    for (String step : steps.subList(0, steps.size() - 1)) {
      node = (ObjectNode) node.get(step);
    }
    return node;
  }
}
