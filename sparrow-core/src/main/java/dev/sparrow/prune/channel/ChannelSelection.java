package dev.sparrow.prune.channel;

import dev.sparrow.arch.ChannelGroup;
import dev.sparrow.arch.ChannelGroups;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

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

  /** All channels of all groups. */
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

  /** Whether every channel of a group stays. */
  boolean keepsAll(ChannelGroup group) {
    return kept(group).cardinality() == group.channels();
  }
}
