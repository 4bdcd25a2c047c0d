package dev.sparrow.nn;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Distribution;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The parameters of a blueprint before training, each drawn from a stream of its own that follows from the seed and its name. */
final class FreshParameters {

  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private FreshParameters() {}

  /** Float32 tensors by name, in the blueprint's order, owned by the caller's scope. */
  static Map<String, Tensor> of(Blueprint blueprint, Seed seed, Device device) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    blueprint.parameters().forEach((name, shape) -> {
      Tensor zeros = BlankTensors.zeros(ScalarType.Float, device, shape.toLongs());
      parameters.put(name, draw(distribution(blueprint, name, shape), zeros, seed.derive("initialization." + name)));
    });
    return parameters;
  }

  private static Distribution distribution(Blueprint blueprint, String name, Shape shape) {
    if (name.endsWith(WEIGHT)) {
      return blueprint.initialization().ofWeight(shape);
    }
    String layer = name.substring(0, name.length() - BIAS.length());
    return blueprint.initialization().ofBias(blueprint.parameters().get(layer + WEIGHT));
  }

  private static Tensor draw(Distribution distribution, Tensor like, Seed seed) {
    if (distribution instanceof Distribution.Constant constant) {
      return Arithmetic.fillInPlace(like, constant.value());
    }
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(seed)) {
      if (distribution instanceof Distribution.Uniform uniform) {
        return scope.keep(rng.uniformLike(like, -uniform.bound(), uniform.bound()));
      }
      Tensor normal = scope.keep(rng.normalLike(like));
      Arithmetic.scaleInPlace(normal, ((Distribution.Normal) distribution).deviation());
      return normal;
    }
  }
}
