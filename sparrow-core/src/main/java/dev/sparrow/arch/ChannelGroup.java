package dev.sparrow.arch;

import java.util.List;

/**
 * Channels that can only come and go together: those at the same place in all values of the group.
 *
 * @param index its place among the groups of its network, from 0
 * @param channels how many there are
 * @param fixed whether image or logits are among its values, so that none may go
 * @param norms module names of the batch norms that read its values, in execution order
 */
public record ChannelGroup(int index, int channels, boolean fixed, List<String> norms) {

  /** Copies the names. */
  public ChannelGroup {
    norms = List.copyOf(norms);
  }
}
