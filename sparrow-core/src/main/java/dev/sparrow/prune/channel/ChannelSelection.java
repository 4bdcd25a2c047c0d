package dev.sparrow.prune.channel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.ChannelGroup;
import dev.sparrow.arch.ChannelGroups;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Which channels of each group of a network stay: all of a fixed group, at least one of any other.
 *
 * @param groups the network's groups
 * @param kept by group index, the channels that stay
 */
record ChannelSelection(ChannelGroups groups, List<BitSet> kept) {

  /** Copies the sets. */
  ChannelSelection {
    kept = kept.stream().map(channels -> (BitSet) channels.clone()).toList();
  }

  /** All channels of all groups, as fresh sets. */
  static List<BitSet> everything(ChannelGroups groups) {
    List<BitSet> kept = new ArrayList<>();
    for (ChannelGroup group : groups.all()) {
      BitSet channels = new BitSet();
      channels.set(0, group.channels());
      kept.add(channels);
    }
    return kept;
  }

  /** The channels of a group that stay, borrowed. */
  BitSet kept(ChannelGroup group) {
    return kept.get(group.index());
  }

  /** What becomes of the network's shapes. */
  Map<String, Shape> shapes(Blueprint blueprint) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    blueprint
        .tensors()
        .forEach(
            (name, shape) -> {
              List<Integer> dims = new ArrayList<>(shape.dims());
              List<ChannelGroup> axes = groups.axes(name);
              for (int axis = 0; axis < axes.size(); axis++) {
                dims.set(axis, kept(axes.get(axis)).cardinality());
              }
              shapes.put(name, new Shape(dims));
            });
    return shapes;
  }

  /** What stays of a tensor: contiguous, owned by the caller's scope. */
  Tensor gather(String name, Tensor tensor) {
    return TensorScope.tidy(
        () -> {
          Tensor gathered = tensor.clone();
          List<ChannelGroup> axes = groups.axes(name);
          for (int axis = 0; axis < axes.size(); axis++) {
            long[] channels = kept(axes.get(axis)).stream().asLongStream().toArray();
            gathered = gathered.index_select(axis, Tensors.toDevice(Tensors.ofLongs(channels, channels.length), tensor.device()));
          }
          return gathered;
        });
  }
}
