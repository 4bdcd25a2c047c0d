package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Weights as constants, prepared for convolution (type and layout) and kept until the parameter is changed in place, which libtorch's
 * version counter tells. Batch norm's parameters and biases are used as they are.
 */
final class FrozenWeights implements AutoCloseable {

  private record Prepared(long version, Tensor tensor) {}

  private final NamedTensors parameters;
  private final UnaryOperator<Tensor> preparation;
  private final Map<String, Prepared> prepared = new HashMap<>();

  /** The preparation returns a fresh handle, possibly of the same memory. */
  FrozenWeights(NamedTensors parameters, UnaryOperator<Tensor> preparation) {
    this.parameters = parameters;
    this.preparation = preparation;
  }

  /** The weight of a name, borrowed until the next change of the parameter. */
  Tensor get(String name) {
    Tensor parameter = parameters.get(name);
    if (parameter.dim() < 2) {
      return parameter;
    }
    Prepared known = prepared.get(name);
    if (known != null && known.version == parameter._version()) {
      return known.tensor;
    }
    if (known != null) {
      known.tensor.close();
    }
    Tensor fresh = TensorScope.own(() -> preparation.apply(parameter)); // released by the next change or by close()
    prepared.put(name, new Prepared(parameter._version(), fresh));
    return fresh;
  }

  @Override
  public void close() {
    prepared.values().forEach(weight -> weight.tensor.close());
  }
}
