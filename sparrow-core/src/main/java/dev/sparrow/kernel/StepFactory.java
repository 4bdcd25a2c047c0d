package dev.sparrow.kernel;

import dev.sparrow.kernel.GroupStep.Conclusion;
import dev.sparrow.kernel.Step.Kind;
import java.util.Arrays;
import java.util.Optional;

/** Makes the steps of a program: each one a call of the kernels per part. */
final class StepFactory {

  private static final float[] EMPTY = {};

  private final Kernels kernels;
  private final WorkMemory memory;
  private final int groups;

  /**
   * Makes a factory.
   *
   * @param groups whose steps run at the same time; how finely they are divided depends on it
   */
  StepFactory(Kernels kernels, WorkMemory memory, int groups) {
    this.kernels = kernels;
    this.memory = memory;
    this.groups = groups;
  }

  GroupStep convolve(Kind kind, Taps taps, int source, Epilogue epilogue, Conclusion conclusion) {
    memory.reserveScratch(kernels.scratch(taps));
    int rows = taps.phases.stream().mapToInt(phase -> phase.rows).max().orElseThrow();
    Part[] parts = Split.of(rows, kernels.tileRows(taps), taps.output.channels(), groups);
    return finishing(kind, taps.output, parts, epilogue, conclusion, (group, part, finish, worker) ->
        kernels.convolve(taps, group.words[source], part, finish, memory.scratch(worker)));
  }

  GroupStep finish(Kind kind, Plane plane, int source, Epilogue epilogue, Conclusion conclusion) {
    return finishing(kind, plane, split(plane), epilogue, conclusion, (group, part, finish, worker) ->
        kernels.finish(plane, group.words[source], part, finish));
  }

  private interface Finishing {
    void run(Group group, Part part, Finish finish, int worker);
  }

  private GroupStep finishing(Kind kind, Plane plane, Part[] parts, Epilogue epilogue, Conclusion conclusion, Finishing work) {
    if (!epilogue.hasMoments()) {
      return new GroupStep(kind, parts, (frame, group, part, task, worker) ->
          work.run(group, part, epilogue.bind(frame, group, EMPTY), worker), conclusion);
    }
    Moments moments = memory.moments();
    moments.reserve(groups * parts.length, plane.channels());
    return new GroupStep(kind, parts, (frame, group, part, task, worker) -> {
      work.run(group, part, epilogue.bind(frame, group, moments.begin(worker, part)), worker);
      moments.end(worker, task, part);
    }, conclusion);
  }

  /** {@code out = max(0, norm(value))}, or with the other value added: as it is, or its own batch norm. */
  GroupStep normalize(Plane plane, NormLayer norm, int value, int other, Optional<NormLayer> otherNorm, int out) {
    NormState identity = NormState.identity(other == BufferPlan.NONE ? 0 : plane.channels());
    return new GroupStep(Kind.NORMALIZE, split(plane), (frame, group, part, task, worker) -> {
      NormState state = frame.state(norm);
      NormState otherState = otherNorm.isPresent() ? frame.state(otherNorm) : identity;
      float[][] words = group.words;
      Normalize how =
          new Normalize(state.scale, state.shift, words[other], otherState.scale, otherState.shift, group.lanes);
      kernels.normalize(plane, part, words[value], how, words[out]);
    }, Conclusion.NONE);
  }

  GroupStep centre(Plane plane, NormLayer norm, int gradient, int value, int other, int out) {
    return new GroupStep(Kind.CENTRE, split(plane), (frame, group, part, task, worker) -> {
      NormState state = frame.state(norm);
      float[][] words = group.words;
      Centre how = new Centre(state.a, words[value], state.b, state.c, words[other], group.lanes);
      kernels.centre(plane, part, words[gradient], how, words[out]);
    }, Conclusion.NONE);
  }

  GroupStep maxPool(Plane from, Plane to, int in, int out) {
    return pass(Kind.POOL, split(to), (group, part) -> kernels.maxPool(from, to, part, group.words[in], group.words[out]));
  }

  GroupStep maxPoolGradient(Plane from, Plane to, int in, int gradient, int out) {
    return pass(Kind.POOL, split(to), (group, part) ->
        kernels.maxPoolGradient(from, to, part, group.words[in], group.words[gradient], group.words[out]));
  }

  GroupStep averagePool(Plane from, int in, int out) {
    return pass(Kind.POOL, byChannels(from), (group, part) -> kernels.averagePool(from, part, group.words[in], group.words[out]));
  }

  GroupStep averagePoolGradient(Plane from, int gradient, int out) {
    return pass(Kind.POOL, byChannels(from), (group, part) ->
        kernels.averagePoolGradient(from, part, group.words[gradient], group.words[out]));
  }

  private interface Pass {
    void run(Group group, Part part);
  }

  private static GroupStep pass(Kind kind, Part[] parts, Pass body) {
    return new GroupStep(kind, parts, (frame, group, part, task, worker) -> body.run(group, part), Conclusion.NONE);
  }

  GroupStep packInput(Plane plane, Standardization standardization, int out) {
    float[] mean = standardization.mean();
    float[] deviation = standardization.deviation();
    return new GroupStep(Kind.PACK, whole(plane), (frame, group, part, task, worker) ->
        kernels.pack(plane, frame.input, group.firstImage, frame.count, mean, deviation, group.words[out]), Conclusion.NONE);
  }

  GroupStep packLogitGradient(Plane plane, int out, Conclusion conclusion) {
    float[] zeros = new float[plane.channels()];
    float[] ones = ones(plane.channels());
    return new GroupStep(Kind.PACK, whole(plane), (frame, group, part, task, worker) ->
        kernels.pack(plane, frame.logitGradient, group.firstImage, frame.count, zeros, ones, group.words[out]), conclusion);
  }

  GroupStep unpackLogits(Plane plane, float[] bias, int sums) {
    float[] ones = ones(bias.length);
    return new GroupStep(Kind.UNPACK, whole(plane), (frame, group, part, task, worker) -> {
      kernels.unpack(plane, group.words[sums], group.firstImage, frame.count, ones, frame.logits);
      int images = Math.min(kernels.lanes() * kernels.format().images(), frame.count - group.firstImage);
      for (int i = 0; i < images * bias.length; i++) {
        frame.logits[group.firstImage * bias.length + i] += bias[i % bias.length];
      }
    }, Conclusion.NONE);
  }

  GroupStep unpackInputGradient(Plane plane, Standardization standardization, int sums) {
    float[] factor = standardization.deviation();
    for (int channel = 0; channel < factor.length; channel++) {
      factor[channel] = 1 / factor[channel];
    }
    return new GroupStep(Kind.UNPACK, whole(plane), (frame, group, part, task, worker) ->
        kernels.unpack(plane, group.words[sums], group.firstImage, frame.count, factor, frame.inputGradient), Conclusion.NONE);
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private Part[] split(Plane plane) {
    return Split.of(plane.height(), 1, plane.channels(), groups);
  }

  private Part[] byChannels(Plane plane) {
    return Split.of(plane.height(), plane.height(), plane.channels(), groups);
  }

  private static Part[] whole(Plane plane) {
    return new Part[] {Part.whole(plane)};
  }
}
