package dev.sparrow.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient by a layer's weights. A task goes through the whole batch for some output channels: nothing is added up between tasks, and
 * the sums of its taps, a vector each, stay in the cache.
 */
final class WeightGradientStep implements Step {

  /** Taps of one task, unless a single channel has more: half a megabyte of sums. */
  private static final int MOST_TAPS = 8_192;

  /** Tasks to aim at. */
  private static final int TASKS = 16;

  private final Kernels kernels;
  private final WorkMemory memory;
  private final ParameterGradients gradients;
  private final ConvLayer layer;
  private final int input;
  private final int gradient;
  private final Part[] activeParts;
  private final Part[] allParts;

  /** Makes a step that reads words of the layer's input and of the gradient by its output. */
  WeightGradientStep(Kernels kernels, WorkMemory memory, ParameterGradients gradients, ConvLayer layer, int input, int gradient) {
    this.kernels = kernels;
    this.memory = memory;
    this.gradients = gradients;
    this.layer = layer;
    this.input = input;
    this.gradient = gradient;
    int[] active = new int[layer.output().channels()];
    Arrays.setAll(active, channel -> count(channel, channel + 1));
    activeParts = parts(active);
    int[] all = new int[active.length];
    Arrays.fill(all, layer.size() / all.length);
    allParts = layer.forward().count() == layer.size() ? activeParts : parts(all);
    int most = Arrays.stream(activeParts).mapToInt(part -> count(part.fromChannel(), part.toChannel())).max().orElse(0);
    memory.reserveSums(most * kernels.lanes());
  }

  private int count(int fromChannel, int toChannel) {
    TapList taps = layer.forward().phases.get(0);
    return taps.begin(toChannel) - taps.begin(fromChannel);
  }

  private Part[] parts(int[] taps) {
    int limit = Math.min(MOST_TAPS, Arrays.stream(taps).sum() / TASKS);
    List<Part> parts = new ArrayList<>();
    int from = 0;
    int size = 0;
    for (int channel = 0; channel < taps.length; channel++) {
      size += taps[channel];
      if (size > limit || channel == taps.length - 1) {
        parts.add(new Part(0, layer.output().height(), from, channel + 1));
        from = channel + 1;
        size = 0;
      }
    }
    return parts.toArray(Part[]::new);
  }

  @Override
  public Kind kind() {
    return Kind.WEIGHT_GRADIENT;
  }

  @Override
  public int tasks(Frame frame) {
    return parts(frame).length;
  }

  private Part[] parts(Frame frame) {
    return frame.everywhere ? allParts : activeParts;
  }

  @Override
  public void run(Frame frame, int task, int worker) {
    Part part = parts(frame)[task];
    boolean grown = parts(frame) != activeParts;
    Taps taps = grown ? layer.allOf(part.fromChannel(), part.toChannel()) : layer.forward();
    TapList list = taps.phases.get(0);
    int first = list.begin(part.fromChannel());
    int last = list.begin(part.toChannel());
    float[] sums = grown ? new float[(last - first) * kernels.lanes()] : memory.sums(worker);
    Arrays.fill(sums, 0, (last - first) * kernels.lanes(), 0);
    for (int i = 0; i < frame.groups(); i++) {
      float[][] words = frame.group(i).words;
      kernels.weightGradients(taps, words[input], words[gradient], part, sums);
    }
    float[] dense = gradients.of(layer.weight());
    for (int p = first; p < last; p++) {
      dense[list.source[p]] = sum(sums, (p - first) * kernels.lanes());
    }
  }

  private float sum(float[] sums, int from) {
    double sum = 0;
    for (int lane = 0; lane < kernels.lanes(); lane++) {
      sum += sums[from + lane];
    }
    return (float) sum;
  }

  @Override
  public void run(Frame frame, Group group, int worker) {
    throw new IllegalStateException("weight gradient: expected all groups at once, got one");
  }
}
