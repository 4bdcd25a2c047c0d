package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One recorded forward pass. The graph lives in C++ as long as the logits do; a product releases it. */
final class LibtorchPass extends RecordedPass {

  static final String IMAGES = "images";

  private final Tensor recorded;
  private final NamedTensors leaves;

  /** Takes over tensors that the caller's scope owns: the logits with their graph, the same detached, and the graph's leaves. */
  LibtorchPass(Recording recording, Tensor recorded, Tensor logits, NamedTensors leaves) {
    super(recording, logits);
    this.recorded = recorded;
    this.leaves = leaves;
  }

  @Override
  protected Tensor toInput(Tensor logitGradient) {
    return product(logitGradient).get(IMAGES);
  }

  @Override
  protected NamedTensors toParameters(Tensor logitGradient, boolean everywhere) {
    return product(logitGradient);
  }

  private NamedTensors product(Tensor logitGradient) {
    try (TensorScope scope = TensorScope.open()) {
      TensorVector inputs = new TensorVector(leaves.asMap().values().toArray(Tensor[]::new));
      TensorVector gradients =
          torch.grad(new TensorVector(recorded), inputs, new TensorVector(logitGradient), new BoolOptional(false), false, false);
      Map<String, Tensor> named = new LinkedHashMap<>();
      for (String name : leaves.names()) {
        named.put(name, scope.keep(gradients.get(named.size()).contiguous())); // channels_last where a convolution made it
      }
      return new NamedTensors(named);
    }
  }

  @Override
  public void close() {
    super.close();
    recorded.close();
    leaves.release();
  }
}
