package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One run of a network in libtorch, as far as it was recorded. The graph lives in C++ as long as the value that it ends in; a product
 * releases it, so there can be one.
 */
public final class LibtorchRun implements AutoCloseable {

  static final String IMAGES = "images";

  private final Tensor recorded;
  private final NamedTensors leaves;

  /** Takes over tensors that the caller's scope owns: what was computed, with its graph, and the graph's leaves. */
  LibtorchRun(Tensor recorded, NamedTensors leaves) {
    this.recorded = recorded;
    this.leaves = leaves;
  }

  /**
   * What was computed.
   *
   * @return the last value of the network, detached, in the type and layout of the computation, owned by the caller's scope
   */
  public Tensor value() {
    return recorded.detach();
  }

  /**
   * The gradient by the images.
   *
   * @param gradient by the value, any type
   * @return float32, owned by the caller's scope
   */
  public Tensor toImages(Tensor gradient) {
    return product(gradient).get(IMAGES);
  }

  /**
   * The gradients by the parameters.
   *
   * @param gradient by the value, any type
   * @return float32 and contiguous, in parameter order, owned by the caller's scope
   */
  public NamedTensors toParameters(Tensor gradient) {
    return product(gradient);
  }

  private NamedTensors product(Tensor gradient) {
    try (TensorScope scope = TensorScope.open()) {
      TensorVector inputs = new TensorVector(leaves.asMap().values().toArray(Tensor[]::new));
      TensorVector given = new TensorVector(gradient.to(recorded.scalar_type()).contiguous(recorded.suggest_memory_format()));
      TensorVector gradients = torch.grad(new TensorVector(recorded), inputs, given, new BoolOptional(false), false, false);
      Map<String, Tensor> named = new LinkedHashMap<>();
      for (String name : leaves.names()) {
        named.put(name, scope.keep(gradients.get(named.size()).contiguous())); // channels_last where a convolution made it
      }
      return new NamedTensors(named);
    }
  }

  @Override
  public void close() {
    recorded.close();
    leaves.release();
  }
}
