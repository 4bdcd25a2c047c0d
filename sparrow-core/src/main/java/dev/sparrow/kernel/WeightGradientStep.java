package dev.sparrow.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The gradient by a layer's weights. A task goes through the batch for some output channels, as many as keep the sums of their taps, a
 * vector each, in the cache; every task reads the whole input, so more channels are better. Where that makes few tasks, each goes through some
 * groups of the batch only, with sums of its own, which are added in order at the end.
 */
final class WeightGradientStep implements Step {

  /** Taps of one task, unless a single channel has more: half a megabyte of sums. */
  private static final int MOST_TAPS = 8_192;

  /** Tasks to aim at. */
  static final int TASKS = 8;

  private final Kernels kernels;
  private final WorkMemory memory;
  private final ParameterGradients gradients;
  private final ConvLayer layer;
  private final int input;
  private final int gradient;
  private final Part[] activeParts;
  private final Part[] allParts;

  /** The taps of all weights, while their gradients are computed: too many to keep them. */
  private Optional<Taps> all = Optional.empty();

  /** Makes a step that reads words of the layer's input and of the gradient by its output. */
  WeightGradientStep(Kernels kernels, WorkMemory memory, ParameterGradients gradients, ConvLayer layer, int input, int gradient) {
    this.kernels = kernels;
    this.memory = memory;
    this.gradients = gradients;
    this.layer = layer;
    this.input = input;
    this.gradient = gradient;
    int[] active = new int[layer.output().channels()];
    Arrays.setAll(active, channel -> layer.forward().phases.get(0).count(channel, channel + 1));
    activeParts = parts(active);
    int[] all = new int[active.length];
    Arrays.fill(all, layer.size() / all.length);
    allParts = layer.forward().count() == layer.size() ? activeParts : parts(all);
  }

  private Part[] parts(int[] taps) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    int size = 0;
    for (int channel = 0; channel < taps.length; channel++) {
      if (size > 0 && size + taps[channel] > MOST_TAPS) {
        parts.add(new Part(0, layer.output().height(), from, channel));
        from = channel;
        size = 0;
      }
      size += taps[channel];
    }
    parts.add(new Part(0, layer.output().height(), from, taps.length));
    return parts.toArray(Part[]::new);
  }

  @Override
  public Kind kind() {
    return Kind.WEIGHT_GRADIENT;
  }

  @Override
  public int tasks(Frame frame) {
    return parts(frame).length * pieces(frame);
  }

  private Part[] parts(Frame frame) {
    return frame.everywhere ? allParts : activeParts;
  }

  /** Whether there are gradients of more weights than the active ones. */
  private boolean isGrown(Frame frame) {
    return parts(frame) != activeParts;
  }

  /** How many tasks share the batch. */
  private int pieces(Frame frame) {
    return isGrown(frame) ? 1 : Math.min(frame.groups(), (TASKS + activeParts.length - 1) / activeParts.length);
  }

  @Override
  public void run(Frame frame, int task, int worker) {
    int pieces = pieces(frame);
    Part part = parts(frame)[task / pieces];
    Taps taps = isGrown(frame) ? allTaps() : layer.forward();
    TapList list = taps.phases.get(0);
    int place = pieces == 1 ? worker : task;
    int length = list.count(part.fromChannel(), part.toChannel()) * kernels.lanes();
    float[] sums = memory.sums(place, length);
    Arrays.fill(sums, 0, length, 0);
    int piece = task % pieces;
    for (int i = frame.groups() * piece / pieces; i < frame.groups() * (piece + 1) / pieces; i++) {
      float[][] words = frame.group(i).words;
      kernels.weightGradients(taps, words[input], words[gradient], part, sums);
    }
    if (pieces == 1) {
      finish(list, part, place, place + 1);
    }
  }

  private synchronized Taps allTaps() {
    all = Optional.of(all.orElseGet(layer::withAllWeights));
    return all.get();
  }

  @Override
  public void conclude(Frame frame) {
    all = Optional.empty();
    int pieces = pieces(frame);
    for (int i = 0; pieces > 1 && i < activeParts.length; i++) {
      finish(layer.forward().phases.get(0), activeParts[i], i * pieces, (i + 1) * pieces);
    }
  }

  /** Adds up the lanes, and the sums at some places. */
  private void finish(TapList list, Part part, int fromPlace, int toPlace) {
    float[] dense = gradients.of(layer.weight());
    int first = list.begin(part.fromChannel());
    int taps = list.count(part.fromChannel(), part.toChannel());
    for (int p = 0; p < taps; p++) {
      double sum = 0;
      for (int place = fromPlace; place < toPlace; place++) {
        float[] sums = memory.sums(place, 0);
        for (int lane = 0; lane < kernels.lanes(); lane++) {
          sum += sums[p * kernels.lanes() + lane];
        }
      }
      dense[list.source[first + p]] = (float) sum;
    }
  }

  @Override
  public void run(Frame frame, Group group, int worker) {
    throw new IllegalStateException("weight gradient: expected all groups at once, got one");
  }
}
