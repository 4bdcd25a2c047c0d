package dev.sparrow.engine;

import dev.sparrow.model.RecordedPass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/** One forward pass of a network in the sparse engine. */
final class EnginePass extends RecordedPass {

  private final SparseRun run;

  /**
   * Takes over a run.
   *
   * @param recording what it was recorded for
   * @param run of the whole network
   */
  EnginePass(Recording recording, SparseRun run) {
    super(recording, run.logits());
    this.run = run;
  }

  @Override
  protected Tensor toInput(Tensor logitGradient) {
    run.backward(logitGradient, false);
    return run.inputGradient();
  }

  @Override
  protected NamedTensors toParameters(Tensor logitGradient, boolean everywhere) {
    run.backward(logitGradient, everywhere);
    return run.parameterGradients();
  }

  @Override
  public void close() {
    super.close();
    run.close();
  }
}
