package dev.sparrow.nn;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Fresh parameters: PyTorch's defaults, which the reference's ResNets use. Convolution and linear weights and biases are uniform in
 * +-1/sqrt(fan-in); batch norm starts at weight 1, bias 0.
 */
final class Initialization {

  private Initialization() {}

  static Map<String, Tensor> parameters(Blueprint blueprint, Seed seed, Device device) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    blueprint.parameters().forEach((name, shape) -> parameters.put(name, parameter(blueprint, name, shape, seed, device)));
    return parameters;
  }

  private static Tensor parameter(Blueprint blueprint, String name, Shape shape, Seed seed, Device device) {
    boolean isWeight = name.endsWith(".weight");
    Shape weight = blueprint.parameters().get(isWeight ? name : name.replaceFirst("bias$", "weight"));
    Tensor zeros = Tensors.zeros(ScalarType.Float, device, shape.toLongs());
    if (weight.rank() < 2) {
      return isWeight ? Tensors.fill(zeros, 1) : zeros;
    }
    double bound = 1 / Math.sqrt((double) weight.size() / weight.dim(0));
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(seed.derive("initialization." + name))) {
      return scope.keep(rng.uniformLike(zeros, -bound, bound));
    }
  }
}
