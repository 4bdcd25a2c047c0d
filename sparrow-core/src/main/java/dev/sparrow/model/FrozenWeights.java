package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Weights as constants in the type of the computation: cast once and kept until the parameter is changed in place, which libtorch's
 * version counter tells.
 */
final class FrozenWeights implements AutoCloseable {

  private record Cast(long version, Tensor tensor) {}

  private final NamedTensors parameters;
  private final Precision precision;
  private final Map<String, Cast> casts = new HashMap<>();

  FrozenWeights(NamedTensors parameters, Precision precision) {
    this.parameters = parameters;
    this.precision = precision;
  }

  /** The weight of a name, borrowed until the next change of the parameter. */
  Tensor get(String name) {
    Tensor parameter = parameters.get(name);
    if (!precision.casts(parameter)) {
      return parameter;
    }
    Cast known = casts.get(name);
    if (known != null && known.version == parameter._version()) {
      return known.tensor;
    }
    if (known != null) {
      known.tensor.close();
    }
    Tensor fresh = TensorScope.own(() -> precision.castWeight(parameter)); // released by the next change or by close()
    casts.put(name, new Cast(parameter._version(), fresh));
    return fresh;
  }

  @Override
  public void close() {
    casts.values().forEach(cast -> cast.tensor.close());
  }
}
