package dev.sparrow.allocation;

import dev.sparrow.BadInput;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Map;

/**
 * Ideal-gas quota of time: a layer of n weights that meet u pixels each gets the density 1 / (f n u + 1), with the one f at which the active
 * weights add up to the target. n u is the time that the layer takes in an engine that skips inactive weights.
 *
 * <p>Layers that take long are thinned most, where {@link IdealGasQuota} thins those with many weights. A weight meets a thousand pixels in
 * the first layers of a network and about ten in the last, so at the same number of active weights the network takes far fewer
 * multiplications than with that quota: about as many as with {@link Uniform}. Unlike there, the layers that take little time (stem,
 * shortcuts, classifier) keep many of their weights.
 */
final class TimeAwareQuota implements Allocation {

  private final Map<String, Double> uses;

  /**
   * The quota for a network.
   *
   * @param uses how many pixels a weight of each layer meets, by parameter name; above 0
   */
  public TimeAwareQuota(Map<String, Double> uses) {
    this.uses = Map.copyOf(uses);
  }

  /**
   * {@inheritDoc}
   *
   * @throws BadInput if a layer is not one of the network's
   */
  @Override
  public Map<String, Density> allocate(Map<String, Shape> shapes, Density target) {
    if (!uses.keySet().containsAll(shapes.keySet())) {
      throw BadInput.data("layers", "some of " + uses.keySet().stream().sorted().toList(), shapes.keySet(), "time-aware allocation");
    }
    return new IdealGas(shapes, name -> shapes.get(name).size() * uses.get(name)).compress(target);
  }
}
