package dev.sparrow.kernel;

import dev.sparrow.kernel.GroupStep.Conclusion;
import dev.sparrow.kernel.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans the way from the gradient of the logits back to the input and the parameters: the stages in reverse order.
 *
 * <p>A value that is read several times collects its gradient: every reader adds its share to what later readers left. Whichever adds the
 * last share finishes the gradient of a rectified value: it masks it, adds up its moments or multiplies it by the scale of the batch norm.
 * Where this is a convolution, that happens while its sums are at hand.
 */
final class BackwardPlanner {

  private static final int NONE = BufferPlan.NONE;

  private final Stages stages;
  private final Mode mode;
  private final StepFactory steps;
  private final Conclusions conclusions;
  private final BufferPlan buffers;
  private final ForwardPlanner forward;
  private final WeightSteps weights;
  private final List<Step> plan = new ArrayList<>();

  /** By value: the buffer of what is known of its gradient, and the number of shares that are missing. */
  private final int[] gradient;

  private final int[] missing;

  /** Where the sums of the input gradient are, if a convolution leaves them. */
  private int inputSums = NONE;

  BackwardPlanner(
      Stages stages, Mode mode, StepFactory steps, Conclusions conclusions, BufferPlan buffers, ForwardPlanner forward,
      WeightSteps weights) {
    this.stages = stages;
    this.mode = mode;
    this.steps = steps;
    this.conclusions = conclusions;
    this.buffers = buffers;
    this.forward = forward;
    this.weights = weights;
    gradient = new int[stages.planes().size()];
    missing = new int[gradient.length];
    for (int value = 0; value < missing.length; value++) {
      missing[value] = stages.readers(value);
    }
  }

  /** The steps in order. */
  List<Step> plan(Standardization standardization) {
    classify(stages.head());
    for (int i = stages.list().size() - 2; i >= 0; i--) {
      Stage stage = stages.list().get(i);
      if (stage instanceof Stage.Convolution convolution) {
        convolve(convolution);
      } else if (stage instanceof Stage.MaxPool || stage instanceof Stage.AveragePool) {
        pool(stage);
      } // a rectifier's gradient is finished where its value's last share is added
    }
    if (mode.gradients().ofInput()) {
      unpack(standardization);
    }
    return List.copyOf(plan);
  }

  private void classify(Stage.Classification head) {
    int source = words(head.output());
    plan.add(steps.packLogitGradient(stages.plane(head.output()), source, conclusions.bias(head.layer().name() + ".bias")));
    passBack(head.layer(), source, head.input());
  }

  private void convolve(Stage.Convolution stage) {
    int source = gradient[stage.output()];
    if (stage.residual().isPresent()) {
      addWords(buffers.share(source), stage.residual().getAsInt());
    }
    passBack(stage.layer(), source, stage.input());
  }

  /** The gradients by a layer's weights and by its input; releases the gradient by its output. */
  private void passBack(ConvLayer layer, int source, int value) {
    if (mode.gradients().ofParameters()) {
      plan.add(weights.of(layer, forward.buffer(value), source));
    }
    if (isWanted(value)) {
      addConvolution(layer, source, value);
    }
    buffers.release(source);
  }

  private void pool(Stage stage) {
    int in = stage.inputs().get(0);
    Plane from = stages.plane(in);
    int source = gradient[stage.output()];
    int target = words(in);
    plan.add(
        stage instanceof Stage.MaxPool
            ? steps.maxPoolGradient(from, stages.plane(stage.output()), forward.buffer(in), source, target)
            : steps.averagePoolGradient(from, source, target));
    buffers.release(source);
    addWords(target, in);
  }

  /** Adds the share of a convolution. */
  private void addConvolution(ConvLayer layer, int source, int value) {
    boolean last = --missing[value] == 0;
    int partial = gradient[value];
    Taps taps = layer.backward();
    if (value == 0 && last && partial == NONE) {
      inputSums = buffers.take(Room.sums(stages.plane(0)));
      plan.add(steps.convolve(Kind.BACKWARD_CONVOLUTION, taps, source, new Epilogue.Plain(inputSums), Conclusion.NONE));
      return;
    }
    int target = buffers.isSole(partial) ? partial : words(value);
    Epilogue epilogue = last ? finishing(value, partial, target) : Epilogue.Backward.sum(partial, target);
    plan.add(steps.convolve(Kind.BACKWARD_CONVOLUTION, taps, source, epilogue, last ? conclusion(value) : Conclusion.NONE));
    replace(value, target);
    if (last) {
      passThroughRectifier(value);
    }
  }

  /** Adds a share that lies in a buffer, which is given away. */
  private void addWords(int share, int value) {
    boolean last = --missing[value] == 0;
    boolean finishes = last && stages.rectificationTo(value).isPresent();
    int partial = gradient[value];
    if (!isWanted(value)) {
      buffers.release(share);
    } else if (partial == NONE && !finishes) {
      gradient[value] = share;
    } else {
      int target = buffers.isSole(share) ? share : buffers.isSole(partial) ? partial : words(value);
      Epilogue epilogue = finishes ? finishing(value, partial, target) : Epilogue.Backward.sum(partial, target);
      plan.add(steps.finish(Kind.MASK, stages.plane(value), share, epilogue, finishes ? conclusion(value) : Conclusion.NONE));
      replace(value, target);
      if (target != share) {
        buffers.release(share);
      }
      if (finishes) {
        passThroughRectifier(value);
      }
    }
  }

  /** What the last share of a value's gradient is finished with. */
  private Epilogue finishing(int value, int partial, int target) {
    Optional<Stage.Rectification> rectified = stages.rectificationTo(value);
    if (rectified.isEmpty()) {
      return Epilogue.Backward.sum(partial, target);
    }
    Stage.Rectification stage = rectified.get();
    boolean moments = mode.keepsNormInputs();
    int input = moments ? forward.buffer(stage.input()) : NONE;
    boolean scaled = !mode.batch() && stage.shortcut().isEmpty();
    Optional<NormLayer> scale = scaled ? Optional.of(stage.norm()) : Optional.empty();
    int other = scaled ? gradient[stage.input()] : NONE;
    return new Epilogue.Backward(partial, forward.buffer(value), input, moments, scale, other, target);
  }

  private Conclusion conclusion(int value) {
    return stages.rectificationTo(value).map(stage -> conclusion(stage.norm(), stage.input())).orElse(Conclusion.NONE);
  }

  private Conclusion conclusion(NormLayer norm, int value) {
    return mode.keepsNormInputs() ? conclusions.gradients(stages.plane(value), norm) : Conclusion.NONE;
  }

  /** Hands a finished gradient on to the value that was rectified, and to the shortcut that was added to it. */
  private void passThroughRectifier(int value) {
    if (stages.rectificationTo(value).isEmpty()) {
      return;
    }
    Stage.Rectification stage = stages.rectificationTo(value).get();
    int source = gradient[value];
    if (stage.shortcut().isPresent()) {
      throughNorm(stage.norm(), source, stage.input(), words(stage.input()));
      passToShortcut(value, stage.shortcut().get());
    } else if (mode.batch()) {
      throughNorm(stage.norm(), source, stage.input(), source);
    } else { // the scale is applied already
      replace(stage.input(), source);
      missing[stage.input()]--;
    }
  }

  private void passToShortcut(int value, Stage.Shortcut shortcut) {
    int source = gradient[value];
    if (shortcut.norm().isPresent()) {
      NormLayer norm = shortcut.norm().get();
      if (mode.keepsNormInputs()) {
        int input = forward.buffer(shortcut.value());
        Epilogue moments = new Epilogue.Backward(NONE, NONE, input, true, Optional.empty(), NONE, source);
        plan.add(steps.finish(Kind.MASK, stages.plane(value), source, moments, conclusion(norm, shortcut.value())));
      }
      throughNorm(norm, source, shortcut.value(), source);
    } else {
      addWords(source, shortcut.value());
    }
  }

  /** Adds the share of a batch norm; the target, which may be the source, is given away. */
  private void throughNorm(NormLayer norm, int source, int value, int target) {
    int other = gradient[value];
    missing[value]--;
    if (!isWanted(value)) {
      buffers.release(target);
      return;
    }
    Plane plane = stages.plane(value);
    if (mode.batch()) {
      plan.add(steps.centre(plane, norm, source, forward.buffer(value), other, target));
    } else {
      Epilogue scale = new Epilogue.Backward(NONE, NONE, NONE, false, Optional.of(norm), other, target);
      plan.add(steps.finish(Kind.CENTRE, plane, source, scale, Conclusion.NONE));
    }
    replace(value, target);
  }

  private void unpack(Standardization standardization) {
    Plane plane = stages.plane(0);
    if (inputSums == NONE) {
      inputSums = buffers.take(Room.sums(plane));
      plan.add(steps.finish(Kind.UNPACK, plane, gradient[0], new Epilogue.Plain(inputSums), Conclusion.NONE));
    }
    plan.add(steps.unpackInputGradient(plane, standardization, inputSums));
  }

  /** What is known of a value's gradient lies in another buffer from now on. */
  private void replace(int value, int target) {
    if (gradient[value] != target) {
      buffers.release(gradient[value]);
      gradient[value] = target;
    }
  }

  /** The gradient by the input is wanted only if asked for. */
  private boolean isWanted(int value) {
    return value > 0 || mode.gradients().ofInput();
  }

  private int words(int value) {
    return buffers.take(Room.words(stages.plane(value)));
  }
}
