package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The inner values of a network, and its logits, by the reference's module names.
 *
 * <p>The name of a layer means the layer's own value. The name of what holds layers, such as the stage {@code layer3} or the block
 * {@code layer3.0}, means the value of its last operation. An operation without a name lies where the layer before it lies, the layer of its
 * first input; only a global average lies in nothing.
 */
public final class ValueNames {

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<String> blocks = new HashSet<>();

  private ValueNames(Blueprint blueprint) {
    List<String> holders = new ArrayList<>(List.of("")); // of each value; the image's comes first
    for (Node node : blueprint.nodes()) {
      Optional<String> layer = layer(node.op());
      String holder = layer.map(ValueNames::parent).orElse(node.op() instanceof Op.GlobalAvgPool ? "" : holders.get(node.inputs().get(0)));
      holders.add(holder);
      for (String outer = holder; !outer.isEmpty(); outer = parent(outer)) {
        nodes.put(outer, node);
      }
      layer.ifPresent(name -> nodes.put(name, node));
      if (node.op() instanceof Op.Add) {
        blocks.add(holder);
      }
    }
  }

  /**
   * The names of a network.
   *
   * @param blueprint the network
   * @return its names
   */
  public static ValueNames of(Blueprint blueprint) {
    return new ValueNames(blueprint);
  }

  /**
   * What a network consists of, coarsely: its residual blocks, and the convolutions and linear layers outside of them.
   *
   * @return names in the order of execution
   */
  public List<String> outline() {
    return nodes.keySet().stream().filter(name -> blocks.contains(name) || hasWeights(name) && !isWithinBlock(name)).toList();
  }

  /**
   * The last of the outline's feature maps that still has places: what Grad-CAM looks at.
   *
   * @return its name; empty where every map is a single position
   */
  public Optional<String> lastMap() {
    return outline().stream().filter(name -> isMap(nodes.get(name).output())).reduce((first, second) -> second);
  }

  /**
   * The operation that makes a value.
   *
   * @param name of a layer, a block or a stage
   * @return its node
   * @throws BadInput if there is none of that name; lists the outline
   */
  public Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw BadInput.usage("layer", "one of " + String.join(", ", outline()) + ", or another layer of the network", "'" + name + "'");
    }
    return node;
  }

  private boolean hasWeights(String name) {
    Op op = nodes.get(name).op();
    return (op instanceof Op.Conv2d || op instanceof Op.Linear) && layer(op).equals(Optional.of(name));
  }

  private boolean isWithinBlock(String name) {
    return blocks.stream().anyMatch(block -> name.startsWith(block + "."));
  }

  private static boolean isMap(Shape shape) {
    return shape.rank() == 3 && shape.dim(1) * shape.dim(2) > 1;
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static Optional<String> layer(Op op) {
    if (op instanceof Op.Conv2d conv) {
      return Optional.of(conv.name());
    } else if (op instanceof Op.BatchNorm norm) {
      return Optional.of(norm.name());
    }
    return op instanceof Op.Linear linear ? Optional.of(linear.name()) : Optional.empty();
  }
}
