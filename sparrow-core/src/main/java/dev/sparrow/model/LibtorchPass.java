package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/** One forward pass of a network in libtorch. */
final class LibtorchPass extends RecordedPass {

  private final LibtorchRun run;

  /** Takes over a run, and its logits as float32, which the caller's scope owns. */
  LibtorchPass(Recording recording, LibtorchRun run, Tensor logits) {
    super(recording, logits);
    this.run = run;
  }

  @Override
  protected Tensor toInput(Tensor logitGradient) {
    return run.toImages(logitGradient);
  }

  @Override
  protected NamedTensors toParameters(Tensor logitGradient, boolean everywhere) {
    return run.toParameters(logitGradient);
  }

  @Override
  public void close() {
    super.close();
    run.close();
  }
}
