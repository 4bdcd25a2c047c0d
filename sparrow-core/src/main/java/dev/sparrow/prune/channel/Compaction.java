package dev.sparrow.prune.channel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.ChannelGroup;
import dev.sparrow.arch.ChannelGroups;
import dev.sparrow.arch.Node;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A network without the channels that contribute nothing: a smaller network that computes the same.
 *
 * <p>A channel contributes if a convolution or linear layer reads it with a weight that is not zero into a channel that contributes, and it
 * is not zero for every image itself; logits always do. Channels of one {@link ChannelGroup} stay if one of the values of the group
 * contributes there. This is found by going over the network until nothing is added, so compacting twice changes nothing. Any weights will
 * do: whole filters may be dead because their channels were pruned, or because all their single weights were.
 *
 * <p>The outputs are those of the original, in training mode too, but for the order of sums. At least one channel of every group stays, and
 * with an alignment as many of the others as make the number of channels a multiple of it.
 */
public final class Compaction {

  private final Blueprint original;
  private final Blueprint blueprint;
  private final ChannelSelection selection;

  private Compaction(Blueprint original, ChannelSelection selection) {
    this.original = original;
    this.selection = selection;
    this.blueprint = original.narrowedTo(selection.shapes(original));
  }

  /**
   * Finds out what can go.
   *
   * @param blueprint the network
   * @param parameters its parameters, borrowed
   * @param buffers its running statistics, borrowed
   * @param alignment what the numbers of channels become multiples of, as far as the network has that many; 1 keeps no channel in vain
   * @return what stays
   * @throws BadInput if the alignment is less than 1
   */
  public static Compaction of(Blueprint blueprint, NamedTensors parameters, NamedTensors buffers, int alignment) {
    if (alignment < 1) {
      throw BadInput.usage("--align", "a whole number of at least 1", alignment);
    }
    ChannelGroups groups = ChannelGroups.of(blueprint);
    Readers readers = Readers.of(blueprint, parameters);
    List<BitSet> zero = ConstantChannels.zero(blueprint, parameters, buffers, readers);
    List<BitSet> kept = contributing(groups, readers, zero);
    groups.all().forEach(group -> fill(kept.get(group.index()), group.channels(), alignment));
    return new Compaction(blueprint, new ChannelSelection(groups, kept));
  }

  private static List<BitSet> contributing(ChannelGroups groups, Readers readers, List<BitSet> zero) {
    List<BitSet> contributing = new ArrayList<>();
    for (ChannelGroup group : groups.all()) {
      BitSet channels = new BitSet();
      channels.set(0, group.fixed() ? group.channels() : 0);
      contributing.add(channels);
    }
    List<Node> backwards = new ArrayList<>(readers.filters().keySet());
    Collections.reverse(backwards);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Node node : backwards) {
        int input = node.inputs().get(0);
        BitSet read = readers.read(node, contributing.get(groups.ofValue(node.id()).index()));
        read.andNot(zero.get(input));
        grown |= addTo(contributing.get(groups.ofValue(input).index()), read);
      }
    }
    return contributing;
  }

  private static boolean addTo(BitSet set, BitSet more) {
    int before = set.cardinality();
    set.or(more);
    return set.cardinality() > before;
  }

  /** Adds the first of the other channels: whatever they hold, nothing reads it. */
  private static void fill(BitSet kept, int channels, int alignment) {
    long wanted = Math.max(1, (kept.cardinality() + alignment - 1L) / alignment) * alignment;
    while (kept.cardinality() < Math.min(wanted, channels)) {
      kept.set(kept.nextClearBit(0));
    }
  }

  /**
   * The smaller network.
   *
   * @return a narrower blueprint of the same name, or an equal one if every channel contributes
   */
  public Blueprint blueprint() {
    return blueprint;
  }

  /**
   * Whether every channel contributes.
   *
   * @return true if the network is as large as before
   */
  public boolean removesNothing() {
    return blueprint.parameterCount() == original.parameterCount();
  }

  /**
   * The smaller network's tensors.
   *
   * @param tensors parameters or buffers of the original, or anything else of their names and shapes, borrowed
   * @return fresh tensors of the same names, owned by the caller's scope
   */
  public NamedTensors gather(NamedTensors tensors) {
    Map<String, Tensor> gathered = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> gathered.put(name, selection.gather(name, tensor)));
    return new NamedTensors(gathered);
  }

  /**
   * Builds the smaller network.
   *
   * @param parameters those of the original, borrowed
   * @param buffers those of the original, borrowed
   * @param device where to
   * @return a network with copies of what stays, to be closed by the caller
   */
  public Network network(NamedTensors parameters, NamedTensors buffers, DeviceSpec device) {
    Network network = new Network(blueprint, new Seed(0), device); // every number of it is overwritten
    try (TensorScope scope = TensorScope.open();
        NoGradGuard guard = Tensors.noGrad()) {
      gather(parameters).forEach((name, tensor) -> network.parameters().get(name).copy_(tensor));
      gather(buffers).forEach((name, tensor) -> network.buffers().get(name).copy_(tensor));
    }
    return network;
  }
}
