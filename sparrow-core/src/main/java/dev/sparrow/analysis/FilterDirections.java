package dev.sparrow.analysis;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Random directions in the space of the weights that suit the scale of each filter: normal numbers at the active weights, each filter (row
 * of a linear layer) as long as the network's own. So a step of 1 changes every filter by its length, whatever its scale, which batch norm
 * makes arbitrary. Biases, and scales and shifts of batch norm, do not move.
 *
 * <p>Source: Li et al., "Visualizing the Loss Landscape of Neural Nets" (2018), section 4. Differs from it: inactive weights stay zero, so
 * that every point of the landscape is a network of the same masks.
 */
final class FilterDirections {

  /** A filter without active weights has no direction. */
  private static final double SHORTEST = 1e-12;

  private FilterDirections() {}

  /**
   * Draws a direction.
   *
   * @param weights the prunable weights, borrowed
   * @param masks boolean, one per weight, borrowed
   * @param seed root of the random numbers
   * @param index of the direction
   * @return one tensor per weight, owned by the caller's scope
   */
  static NamedTensors draw(NamedTensors weights, NamedTensors masks, Seed seed, int index) {
    Map<String, Tensor> directions = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          try (Rng rng = new Rng(seed.derive("landscape." + name, index))) {
            directions.put(name, TensorScope.tidy(() -> scaled(rng.normalLike(weight).mul(masks.get(name)), weight)));
          }
        });
    return new NamedTensors(directions);
  }

  private static Tensor scaled(Tensor noise, Tensor weight) {
    long[] filters = {weight.size(0), weight.numel() / weight.size(0), 1, 1};
    Tensor lengths = Arithmetic.lengths(noise.reshape(filters));
    Arithmetic.clampMinInPlace(lengths, SHORTEST);
    Tensor factors = Arithmetic.lengths(weight.detach().reshape(filters)).div(lengths);
    return noise.reshape(filters).mul(factors).reshape(Tensors.shape(weight));
  }
}
