package dev.sparrow.prune.channel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.ChannelGroup;
import dev.sparrow.arch.ChannelGroups;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks of whole channels, ranked by the scales of batch norm over the whole network (Liu et al., "Learning efficient convolutional
 * networks through network slimming", 2017).
 *
 * <p>Channels that are {@linkplain ChannelGroups tied together} are decided together, by the mean magnitude of the scales of all batch
 * norms that read them. Pruning such a channel saves as many batch-norm channels as there are batch norms and costs the sum of their
 * scales, so taking the smallest mean first is taking the cheapest first. A maximum would grow with the number of batch norms, so the
 * residual streams, which many read, would stay whole and the layers inside the blocks would be emptied.
 *
 * <p>A pruned channel is masked wherever it appears: the filters (and biases) that make it, the scales and shifts of its batch norms and
 * the slices of the weights that read it. It stays zero in training, and {@link Compaction} removes it. Groups without batch norm are left
 * alone, and every group keeps its best channel. Of 64 channels or more whole blocks of 16 stay, the nearest number of them, since what does
 * not fill the vector registers saves operations without saving their time.
 *
 * <p>Differs from the reference: it ranks every scale by itself and never removes a channel, so additions did not concern it.
 */
public final class ChannelPruning {

  /** Channels that convolutions compute together; others are padded to it (16 lanes of float32, or 16 pairs of bf16, fill a register). */
  private static final int BLOCK = 16;

  /** Channels of a group from which on half a block is little. */
  private static final int WIDE = 4 * BLOCK;

  private ChannelPruning() {}

  private record Candidate(ChannelGroup group, int channel, double score) {

    /** Of equal scores the last channels go first, at the same rate in every group, so that fresh scales thin all layers alike. */
    static final Comparator<Candidate> CHEAPEST_FIRST =
        Comparator.comparingDouble(Candidate::score)
            .thenComparing(Comparator.comparingDouble(Candidate::place).reversed())
            .thenComparingInt(candidate -> candidate.group.index());

    private double place() {
      return (channel + 1.0) / group.channels();
    }

    private int norms() {
      return group.norms().size();
    }
  }

  /**
   * Chooses channels and masks them.
   *
   * @param blueprint the network
   * @param parameters its parameters, borrowed
   * @param density fraction of the batch-norm channels that stays, counted over all batch norms; rounded up to whole groups of tied
   *     channels
   * @return masks of all prunable weights, and of the biases and batch-norm parameters that belong to ranked channels, owned by the caller
   */
  public static MaskSet masks(Blueprint blueprint, NamedTensors parameters, Density density) {
    ChannelGroups groups = ChannelGroups.of(blueprint);
    ChannelSelection selection = new ChannelSelection(groups, choose(groups, parameters, density));
    Map<String, Mask> masks = new LinkedHashMap<>();
    blueprint
        .parameters()
        .forEach(
            (name, shape) -> {
              List<ChannelGroup> axes = groups.axes(name);
              if (shape.rank() >= 2 || isRanked(axes.get(0))) {
                masks.put(name, Mask.of(active(shape, axes.stream().map(selection::kept).toList()), parameters.get(name)));
              }
            });
    return new MaskSet(masks);
  }

  private static boolean isRanked(ChannelGroup group) {
    return !group.fixed() && !group.norms().isEmpty();
  }

  private static List<BitSet> choose(ChannelGroups groups, NamedTensors parameters, Density density) {
    List<Candidate> cheapestFirst = new ArrayList<>();
    groups.all().stream().filter(ChannelPruning::isRanked).forEach(group -> cheapestFirst.addAll(candidates(group, parameters)));
    cheapestFirst.sort(Candidate.CHEAPEST_FIRST);
    int[] prunable = toPrune(groups, cheapestFirst, density);
    List<BitSet> kept = ChannelSelection.everything(groups);
    for (Candidate candidate : cheapestFirst) {
      int group = candidate.group.index();
      if (prunable[group] > 0) {
        prunable[group]--;
        kept.get(group).clear(candidate.channel);
      }
    }
    return kept;
  }

  /** How many channels go, by group: what the density asks for, then what leaves whole blocks. */
  private static int[] toPrune(ChannelGroups groups, List<Candidate> cheapestFirst, Density density) {
    int[] pruned = new int[groups.all().size()];
    long left = cheapestFirst.stream().mapToLong(Candidate::norms).sum();
    long wanted = density.activeOf(left);
    for (Candidate candidate : cheapestFirst) {
      int group = candidate.group.index();
      if (left - candidate.norms() < wanted) {
        break;
      }
      if (pruned[group] < candidate.group.channels() - 1) {
        pruned[group]++;
        left -= candidate.norms();
      }
    }
    for (ChannelGroup group : groups.all()) {
      if (group.channels() >= WIDE && pruned[group.index()] > 0) {
        pruned[group.index()] = group.channels() - inBlocks(group.channels() - pruned[group.index()], group.channels());
      }
    }
    return pruned;
  }

  /** The nearest number of channels that is made of whole blocks; fewer than half a block stay as they are. */
  private static int inBlocks(int kept, int channels) {
    int blocks = Math.round((float) kept / BLOCK) * BLOCK;
    return blocks == 0 ? kept : Math.min(blocks, channels);
  }

  private static List<Candidate> candidates(ChannelGroup group, NamedTensors parameters) {
    double[] sums = new double[group.channels()];
    for (String norm : group.norms()) {
      float[] scales = Tensors.toFloats(parameters.get(norm + ".weight"));
      for (int channel = 0; channel < sums.length; channel++) {
        sums[channel] += Math.abs(scales[channel]);
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int channel = 0; channel < sums.length; channel++) {
      candidates.add(new Candidate(group, channel, sums[channel] / group.norms().size()));
    }
    return candidates;
  }

  /** Row-major: active where the channels of all axes stay. */
  private static boolean[] active(Shape shape, List<BitSet> axes) {
    boolean[] active = new boolean[Math.toIntExact(shape.size())];
    int columns = axes.size() > 1 ? shape.dim(1) : 1;
    int block = active.length / (shape.dim(0) * columns);
    for (int position = 0; position < active.length; position++) {
      int column = position / block % columns;
      active[position] = axes.get(0).get(position / block / columns) && (axes.size() == 1 || axes.get(1).get(column));
    }
    return active;
  }
}
