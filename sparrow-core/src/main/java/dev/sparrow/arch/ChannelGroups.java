package dev.sparrow.arch;

import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which channels of a network are tied to which. A convolution or a linear layer makes channels of its own; every other operation works
 * channel by channel and ties those of its value to those of its inputs. So the additions of a residual stream tie everything that is
 * added to it, over a whole stage of a ResNet, and a layer's tensors have one group per axis that counts channels.
 */
public final class ChannelGroups {

  private final List<ChannelGroup> all;
  private final List<ChannelGroup> byValue;
  private final Map<String, List<ChannelGroup>> axes;

  private ChannelGroups(List<ChannelGroup> all, List<ChannelGroup> byValue, Map<String, List<ChannelGroup>> axes) {
    this.all = List.copyOf(all);
    this.byValue = List.copyOf(byValue);
    this.axes = Collections.unmodifiableMap(axes);
  }

  /**
   * Finds the groups of a network.
   *
   * @param blueprint any network
   * @return its groups, in the order in which their first values are made; the image's is the first
   */
  public static ChannelGroups of(Blueprint blueprint) {
    int[] roots = roots(blueprint);
    Map<Integer, ChannelGroup> byRoot = new TreeMap<>(); // a root is the first value of its group
    for (int value = 0; value < roots.length; value++) {
      if (roots[value] == value) {
        byRoot.put(value, group(blueprint, roots, value, byRoot.size()));
      }
    }
    List<ChannelGroup> byValue = new ArrayList<>();
    for (int root : roots) {
      byValue.add(byRoot.get(root));
    }
    return new ChannelGroups(new ArrayList<>(byRoot.values()), byValue, axes(blueprint, byValue));
  }

  /** The first value of each value's group. */
  private static int[] roots(Blueprint blueprint) {
    int[] parents = new int[blueprint.nodes().size() + 1];
    for (Node node : blueprint.nodes()) {
      parents[node.id()] = node.id();
      if (!makesChannels(node.op())) {
        node.inputs().forEach(input -> unite(parents, input, node.id()));
      }
    }
    for (int value = 0; value < parents.length; value++) {
      parents[value] = root(parents, value);
    }
    return parents;
  }

  private static boolean makesChannels(Op op) {
    return op instanceof Op.Conv2d || op instanceof Op.Linear;
  }

  private static void unite(int[] parents, int one, int other) {
    int first = root(parents, one);
    int second = root(parents, other);
    parents[Math.max(first, second)] = Math.min(first, second);
  }

  private static int root(int[] parents, int value) {
    int root = value;
    while (parents[root] != root) {
      root = parents[root];
    }
    return root;
  }

  private static ChannelGroup group(Blueprint blueprint, int[] roots, int root, int index) {
    int channels = root == 0 ? blueprint.input().dim(0) : blueprint.nodes().get(root - 1).output().dim(0);
    boolean fixed = root == roots[0] || root == roots[roots.length - 1];
    List<String> norms = new ArrayList<>();
    for (Node node : blueprint.nodes()) {
      if (roots[node.id()] == root && node.op() instanceof Op.BatchNorm norm) {
        norms.add(norm.name());
      }
    }
    return new ChannelGroup(index, channels, fixed, norms);
  }

  private static Map<String, List<ChannelGroup>> axes(Blueprint blueprint, List<ChannelGroup> byValue) {
    Map<String, List<ChannelGroup>> axes = new LinkedHashMap<>();
    for (Node node : blueprint.nodes()) {
      List<ChannelGroup> outIn = List.of(byValue.get(node.id()), byValue.get(node.inputs().get(0)));
      Map<String, Shape> tensors = new LinkedHashMap<>(node.op().parameters());
      tensors.putAll(node.op().buffers());
      tensors.forEach((name, shape) -> axes.put(name, outIn.subList(0, Math.min(shape.rank(), outIn.size()))));
    }
    return axes;
  }

  /**
   * The groups.
   *
   * @return by their index
   */
  public List<ChannelGroup> all() {
    return all;
  }

  /**
   * The group of a value.
   *
   * @param value 0 for the image, else a node's id
   * @return its group
   */
  public ChannelGroup ofValue(int value) {
    return byValue.get(value);
  }

  /**
   * The groups that the axes of a tensor count: [out, in] for a weight (the axes behind them, of a kernel, count no channels), [out] for a
   * bias and for what belongs to batch norm, none for a scalar.
   *
   * @param tensor name of a parameter or buffer of the network
   * @return one per leading axis
   */
  public List<ChannelGroup> axes(String tensor) {
    return axes.get(tensor);
  }
}
