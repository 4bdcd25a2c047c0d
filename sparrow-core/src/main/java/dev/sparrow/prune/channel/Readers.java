package dev.sparrow.prune.channel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Node;
import dev.sparrow.arch.Op;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The convolutions and linear layers of a network, which are what mixes channels.
 *
 * @param filters by node, for each output channel the input channels at which its filter has a weight that is not zero
 */
record Readers(Map<Node, List<BitSet>> filters) {

  /** Looks at all weights once. */
  static Readers of(Blueprint blueprint, NamedTensors parameters) {
    Map<Node, List<BitSet>> filters = new LinkedHashMap<>();
    for (Node node : blueprint.nodes()) {
      if (node.op() instanceof Op.Conv2d conv) {
        filters.put(node, filters(parameters.get(conv.name() + ".weight")));
      } else if (node.op() instanceof Op.Linear linear) {
        filters.put(node, filters(parameters.get(linear.name() + ".weight")));
      }
    }
    return new Readers(Collections.unmodifiableMap(filters));
  }

  private static List<BitSet> filters(Tensor weight) {
    Shape shape = Tensors.shapeOf(weight);
    try (TensorScope scope = TensorScope.open()) {
      Tensor slices = weight.ne(new Scalar(0)).reshape(shape.dim(0), shape.dim(1), -1).any(2);
      long[] nonzero = Tensors.toLongs(slices);
      List<BitSet> filters = new ArrayList<>();
      for (int out = 0; out < shape.dim(0); out++) {
        BitSet inputs = new BitSet();
        for (int in = 0; in < shape.dim(1); in++) {
          inputs.set(in, nonzero[out * shape.dim(1) + in] != 0);
        }
        filters.add(inputs);
      }
      return filters;
    }
  }

  /** The input channels that the filters of some output channels have weights at. */
  BitSet read(Node node, BitSet outputs) {
    BitSet read = new BitSet();
    outputs.stream().forEach(out -> read.or(filters.get(node).get(out)));
    return read;
  }

  /** The input channels that the filter of one output channel has weights at, borrowed. */
  BitSet filter(Node node, int out) {
    return filters.get(node).get(out);
  }
}
