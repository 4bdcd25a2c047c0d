package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A network with fewer channels, whose number per group is read off the shapes of its tensors. */
final class Narrowing {

  private final Blueprint blueprint;
  private final ChannelGroups groups;
  private final int[] widths;

  private Narrowing(Blueprint blueprint, Map<String, Shape> shapes) {
    this.blueprint = blueprint;
    this.groups = ChannelGroups.of(blueprint);
    this.widths = widths(shapes);
  }

  /**
   * Narrows a network.
   *
   * @param blueprint the network
   * @param shapes by name of parameter and buffer
   * @return the same operations on fewer channels
   * @throws BadInput listing every name that is missing, unknown, or whose shape contradicts the network or the tensors before it
   */
  static Blueprint narrow(Blueprint blueprint, Map<String, Shape> shapes) {
    Narrowing narrowing = new Narrowing(blueprint, shapes);
    narrowing.check(shapes);
    return narrowing.rebuild();
  }

  /** A group is as wide as the first axis that counts it; what other axes say is checked against that. */
  private int[] widths(Map<String, Shape> shapes) {
    int[] found = groups.all().stream().mapToInt(group -> group.fixed() ? group.channels() : 0).toArray();
    for (Map.Entry<String, Shape> tensor : blueprint.tensors().entrySet()) {
      Shape shape = shapes.getOrDefault(tensor.getKey(), Shape.of());
      if (shape.rank() == tensor.getValue().rank()) {
        List<ChannelGroup> axes = groups.axes(tensor.getKey());
        for (int axis = 0; axis < axes.size(); axis++) {
          ChannelGroup group = axes.get(axis);
          if (found[group.index()] == 0 && shape.dim(axis) <= group.channels()) {
            found[group.index()] = shape.dim(axis);
          }
        }
      }
    }
    groups.all().stream().filter(group -> found[group.index()] == 0).forEach(group -> found[group.index()] = group.channels());
    return found;
  }

  private void check(Map<String, Shape> shapes) {
    TreeSet<String> missing = new TreeSet<>(blueprint.tensors().keySet());
    missing.removeAll(shapes.keySet());
    TreeSet<String> unexpected = new TreeSet<>(shapes.keySet());
    unexpected.removeAll(blueprint.tensors().keySet());
    List<String> misfits = new ArrayList<>();
    blueprint
        .tensors()
        .forEach(
            (name, shape) -> {
              Shape expected = narrowed(name, shape);
              Shape got = shapes.getOrDefault(name, expected);
              if (!got.equals(expected)) {
                misfits.add(name + " (expected [" + expected + "], got [" + got + "])");
              }
            });
    if (!missing.isEmpty() || !unexpected.isEmpty() || !misfits.isEmpty()) {
      String got = "missing " + missing + ", unexpected " + unexpected + ", mis-shaped " + misfits;
      throw BadInput.data("weights", "those of a narrower " + blueprint.name(), got, blueprint.name());
    }
  }

  private Shape narrowed(String name, Shape shape) {
    List<Integer> dims = new ArrayList<>(shape.dims());
    List<ChannelGroup> axes = groups.axes(name);
    for (int axis = 0; axis < axes.size(); axis++) {
      dims.set(axis, widths[axes.get(axis).index()]);
    }
    return new Shape(dims);
  }

  private Blueprint rebuild() {
    BlueprintBuilder net = new BlueprintBuilder(blueprint.name(), blueprint.input().dim(1));
    net.initialize(blueprint.initialization());
    List<Value> values = new ArrayList<>(List.of(net.image()));
    for (Node node : blueprint.nodes()) {
      int out = widths[groups.ofValue(node.id()).index()];
      int in = widths[groups.ofValue(node.inputs().get(0)).index()];
      values.add(net.append(narrowed(node.op(), in, out), node.inputs().stream().map(values::get).toArray(Value[]::new)));
    }
    return net.build();
  }

  private static Op narrowed(Op op, int in, int out) {
    if (op instanceof Op.Conv2d conv) {
      return new Op.Conv2d(conv.name(), in, out, conv.kernel(), conv.stride(), conv.padding(), conv.bias());
    } else if (op instanceof Op.BatchNorm norm) {
      return new Op.BatchNorm(norm.name(), out);
    } else if (op instanceof Op.Linear linear) {
      return new Op.Linear(linear.name(), in, out);
    }
    return op;
  }
}
