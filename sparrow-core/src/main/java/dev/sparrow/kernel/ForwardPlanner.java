package dev.sparrow.kernel;

import dev.sparrow.kernel.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans the way from the input to the logits. Values that the way back needs keep their buffers; of the others a buffer is free again as
 * soon as the last reader is through.
 *
 * <p>With running statistics the batch norm behind a convolution is computed while its sums are at hand, and the value between the two is
 * written only if something else reads it. With statistics of the batch the convolution adds up their moments.
 */
final class ForwardPlanner {

  private final Stages stages;
  private final Mode mode;
  private final StepFactory steps;
  private final Conclusions conclusions;
  private final BufferPlan buffers;
  private final List<GroupStep> plan = new ArrayList<>();

  /** By value: its buffer, and the number of stages that will still read it. */
  private final int[] buffer;

  private final int[] pending;

  ForwardPlanner(Stages stages, Mode mode, StepFactory steps, Conclusions conclusions, BufferPlan buffers) {
    this.stages = stages;
    this.mode = mode;
    this.steps = steps;
    this.conclusions = conclusions;
    this.buffers = buffers;
    buffer = new int[stages.planes().size()];
    pending = new int[buffer.length];
    for (int value = 0; value < pending.length; value++) {
      pending[value] = stages.readers(value);
    }
  }

  /** The steps in order. */
  List<GroupStep> plan(Standardization standardization) {
    buffer[0] = words(0);
    plan.add(steps.packInput(stages.plane(0), standardization, buffer[0]));
    sumMoments(0);
    for (Stage stage : stages.list()) {
      if (stage instanceof Stage.Convolution convolution) {
        convolve(convolution);
      } else if (stage instanceof Stage.Rectification rectification) {
        rectify(rectification);
      } else if (stage instanceof Stage.MaxPool pool) {
        buffer[pool.output()] = words(pool.output());
        Plane from = stages.plane(pool.input());
        plan.add(steps.maxPool(from, stages.plane(pool.output()), buffer[pool.input()], buffer[pool.output()]));
        pooled(pool);
      } else if (stage instanceof Stage.AveragePool pool) {
        buffer[pool.output()] = words(pool.output());
        plan.add(steps.averagePool(stages.plane(pool.input()), buffer[pool.input()], buffer[pool.output()]));
        pooled(pool);
      } else if (stage instanceof Stage.Classification head) {
        classify(head);
      }
    }
    return List.copyOf(plan);
  }

  /** The buffer of a value that was kept. */
  int buffer(int value) {
    return buffer[value];
  }

  private void convolve(Stage.Convolution stage) {
    int out = stage.output();
    Optional<Stage.Rectification> fused = mode.batch() ? Optional.empty() : stages.plainRectificationOf(out);
    if (pending[out] > fused.stream().count() || isKept(out)) {
      buffer[out] = words(out);
    }
    fused.ifPresent(next -> buffer[next.output()] = words(next.output()));
    int residual = stage.residual().isPresent() ? buffer[stage.residual().getAsInt()] : BufferPlan.NONE;
    int activation = fused.isPresent() ? buffer[fused.get().output()] : BufferPlan.NONE;
    List<NormLayer> norms = mode.batch() ? stages.normsOf(out) : List.of();
    Epilogue epilogue =
        new Epilogue.Forward(residual, buffer[out], activation, fused.map(Stage.Rectification::norm), !norms.isEmpty());
    GroupStep.Conclusion conclusion =
        norms.isEmpty() ? GroupStep.Conclusion.NONE : conclusions.statistics(buffer[out], stages.plane(out), norms);
    plan.add(steps.convolve(Kind.FORWARD_CONVOLUTION, stage.layer().forward(), buffer[stage.input()], epilogue, conclusion));
    stage.inputs().forEach(this::read);
    fused.ifPresent(next -> read(out));
  }

  private void rectify(Stage.Rectification stage) {
    int out = stage.output();
    if (buffer[out] != BufferPlan.NONE) {
      return; // the convolution ahead has done it
    }
    int value = buffer[stage.input()];
    int other = stage.shortcut().isPresent() ? buffer[stage.shortcut().get().value()] : BufferPlan.NONE;
    boolean inPlace = pending[stage.input()] == 1 && !isKept(stage.input());
    buffer[out] = inPlace ? buffers.share(value) : words(out);
    plan.add(
        steps.normalize(
            stages.plane(out), stage.norm(), value, other, stage.shortcut().flatMap(Stage.Shortcut::norm), buffer[out]));
    stage.inputs().forEach(this::read);
    sumMoments(out);
  }

  private void pooled(Stage stage) {
    stage.inputs().forEach(this::read);
    sumMoments(stage.output());
  }

  private void classify(Stage.Classification head) {
    int sums = buffers.take(Room.sums(head.layer().output()));
    Taps taps = head.layer().forward();
    plan.add(
        steps.convolve(Kind.FORWARD_CONVOLUTION, taps, buffer[head.input()], new Epilogue.Plain(sums), GroupStep.Conclusion.NONE));
    plan.add(steps.unpackLogits(head.layer().output(), head.bias(), sums));
    read(head.input());
    buffers.release(sums);
  }

  /** Moments of a value that is made by something else than a convolution. */
  private void sumMoments(int value) {
    List<NormLayer> norms = mode.batch() ? stages.normsOf(value) : List.of();
    if (!norms.isEmpty()) {
      Plane plane = stages.plane(value);
      Epilogue moments = new Epilogue.Forward(BufferPlan.NONE, BufferPlan.NONE, BufferPlan.NONE, Optional.empty(), true);
      plan.add(steps.finish(Kind.MOMENTS, plane, buffer[value], moments, conclusions.statistics(buffer[value], plane, norms)));
    }
  }

  private int words(int value) {
    return buffers.take(Room.words(stages.plane(value)));
  }

  private void read(int value) {
    if (--pending[value] == 0 && !isKept(value)) {
      buffers.release(buffer[value]);
    }
  }

  /** Whether the way back reads a value. */
  private boolean isKept(int value) {
    return mode.isRecorded()
        && (stages.rectificationTo(value).isPresent()
            || stages.isPooled(value)
            || mode.keepsNormInputs() && !stages.normsOf(value).isEmpty()
            || mode.gradients().ofParameters() && stages.isConvolved(value));
  }
}
