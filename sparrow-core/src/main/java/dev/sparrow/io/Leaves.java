package dev.sparrow.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.BadInput;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tree of keys and values as one flat map. */
public final class Leaves {

  private Leaves() {}

  /**
   * The leaves of a tree; a list is a leaf, and so is an empty object.
   *
   * @param tree keys may be dotted already
   * @param where file or place it comes from, for error messages
   * @return values by dotted path, in the order of the tree
   * @throws BadInput if a key is given nested and dotted
   */
  public static Map<String, JsonNode> of(ObjectNode tree, Object where) {
    Map<String, JsonNode> leaves = new LinkedHashMap<>();
    tree.properties().forEach(entry -> add(entry.getKey(), entry.getValue(), leaves, where));
    return leaves;
  }

  private static void add(String key, JsonNode value, Map<String, JsonNode> leaves, Object where) {
    if (value.isObject() && !value.isEmpty()) {
      value.properties().forEach(entry -> add(key + "." + entry.getKey(), entry.getValue(), leaves, where));
    } else if (leaves.putIfAbsent(key, value) != null) {
      throw BadInput.data(key, "one value", leaves.get(key) + " and " + value, where);
    }
  }
}
