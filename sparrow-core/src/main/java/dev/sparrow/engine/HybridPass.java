package dev.sparrow.engine;

import dev.sparrow.model.LibtorchRun;
import dev.sparrow.model.RecordedPass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** One forward pass of a network that was cut: the chain rule goes through the sparse engine first, then through libtorch. */
final class HybridPass extends RecordedPass {

  private final LibtorchRun front;
  private final SparseRun rear;
  private final Collection<String> parameters;

  /**
   * Takes over the runs of both parts.
   *
   * @param recording what they were recorded for
   * @param front from the images to the seam
   * @param rear from the seam to the logits
   * @param logits of the rear part, closed with this pass
   * @param parameters names of all parameters, in the network's order
   */
  HybridPass(Recording recording, LibtorchRun front, SparseRun rear, Tensor logits, Collection<String> parameters) {
    super(recording, logits);
    this.front = front;
    this.rear = rear;
    this.parameters = parameters;
  }

  @Override
  protected Tensor toInput(Tensor logitGradient) {
    rear.backward(logitGradient, false);
    return TensorScope.tidy(() -> front.toImages(rear.inputGradient()));
  }

  @Override
  protected NamedTensors toParameters(Tensor logitGradient, boolean everywhere) {
    rear.backward(logitGradient, everywhere);
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> gradients = new LinkedHashMap<>(front.toParameters(rear.inputGradient()).asMap());
      gradients.putAll(rear.parameterGradients().asMap());
      return scope.keep(new NamedTensors(gradients).select(parameters));
    }
  }

  @Override
  public void close() {
    super.close();
    front.close();
    rear.close();
  }
}
