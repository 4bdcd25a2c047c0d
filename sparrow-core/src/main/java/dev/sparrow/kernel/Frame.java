package dev.sparrow.kernel;

import dev.sparrow.arch.Statistics;
import java.util.List;
import java.util.Optional;

/** The memory of one pass. Used again for other passes of the same program. */
final class Frame {

  private final Program program;
  private final Group[] groups;
  private final NormState[] states;
  private final int imagesPerGroup;
  private final int inputSize;
  private final int classes;

  /** Set for a pass: the batch, and what batch norm does. */
  float[] input = {};

  int count;
  Statistics statistics = Statistics.RUNNING;

  /** Whether gradients are wanted at inactive positions too. */
  boolean everywhere;

  float[] logits = {};
  float[] logitGradient = {};
  float[] inputGradient = {};

  /** Makes a frame with memory for a number of groups at a time: for all of them, or for one per worker. */
  Frame(Program program, Stages stages, Kernels kernels, int places) {
    this.program = program;
    imagesPerGroup = kernels.lanes() * kernels.format().images();
    groups = new Group[places];
    for (int i = 0; i < places; i++) {
      groups[i] = new Group(kernels, program.rooms().size());
    }
    states = stages.norms().stream().map(norm -> new NormState(norm.channels())).toArray(NormState[]::new);
    Plane image = stages.plane(0);
    inputSize = image.channels() * image.height() * image.width();
    classes = stages.head().layer().output().channels();
  }

  Program program() {
    return program;
  }

  void begin(float[] input, int count, Statistics statistics, List<NormLayer> norms, ArrayPool pool) {
    this.input = input;
    this.count = count;
    this.statistics = statistics;
    logits = sized(logits, count * classes);
    for (int i = 0; i < groups.length; i++) {
      groups[i].take(program.rooms(), pool);
      groups[i].place(i * imagesPerGroup, count);
    }
    if (statistics == Statistics.RUNNING) {
      norms.forEach(norm -> states[norm.index()].useRunning(norm));
    }
  }

  void beginBackward(float[] logitGradient, boolean everywhere) {
    this.logitGradient = logitGradient;
    this.everywhere = everywhere;
    if (program.mode().gradients().ofInput()) {
      inputGradient = sized(inputGradient, count * inputSize);
    }
  }

  void end(ArrayPool pool) {
    for (Group group : groups) {
      group.give(program.rooms(), pool);
    }
  }

  /** Number of groups of the batch. */
  int groups() {
    return (count + imagesPerGroup - 1) / imagesPerGroup;
  }

  Group group(int index) {
    return groups[index];
  }

  /** Whether every group of the batch has memory of its own. */
  boolean hasAllGroups() {
    return groups.length >= groups();
  }

  /** A worker's memory, turned to one group after another. */
  Group place(int worker, int index) {
    groups[worker].place(index * imagesPerGroup, count);
    return groups[worker];
  }

  NormState state(NormLayer norm) {
    return states[norm.index()];
  }

  NormState state(Optional<NormLayer> norm) {
    return norm.isPresent() ? state(norm.get()) : NormState.NONE;
  }

  private static float[] sized(float[] array, int length) {
    return array.length == length ? array : new float[length];
  }
}
