package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/** The part that passes of all engines of the library have in common: a product may be taken once, and only if it was recorded. */
public abstract class RecordedPass implements Pass {

  private final Recording recording;
  private final Tensor logits;
  private boolean spent;

  /**
   * A pass.
   *
   * @param recording what it was recorded for
   * @param logits [N, K] float32, detached, closed with this pass
   */
  protected RecordedPass(Recording recording, Tensor logits) {
    this.recording = recording;
    this.logits = logits;
  }

  /**
   * Computes {@link #inputGradient}; called once at most.
   *
   * @param logitGradient [N, K] float32
   * @return owned by the caller's scope
   */
  protected abstract Tensor toInput(Tensor logitGradient);

  /**
   * Computes {@link #parameterGradients}; called once at most.
   *
   * @param logitGradient [N, K] float32
   * @param everywhere whether gradients of inactive weights are wanted too
   * @return owned by the caller's scope
   */
  protected abstract NamedTensors toParameters(Tensor logitGradient, boolean everywhere);

  @Override
  public final Tensor logits() {
    return logits;
  }

  @Override
  public final Tensor inputGradient(Tensor logitGradient) {
    spend(recording == Recording.INPUT, Recording.INPUT);
    return toInput(logitGradient);
  }

  @Override
  public final NamedTensors parameterGradients(Tensor logitGradient) {
    spend(recording.ofParameters(), Recording.PARAMETERS);
    return toParameters(logitGradient, recording == Recording.PARAMETERS);
  }

  private void spend(boolean recordedForIt, Recording wanted) {
    if (!recordedForIt || spent) {
      String got = spent ? "a used one" : recording.toString();
      throw new IllegalStateException("pass: expected one recorded for " + wanted + " and not used yet, got " + got);
    }
    spent = true;
  }

  @Override
  public void close() {
    logits.close();
  }
}
