package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.List;
import java.util.Map;

/**
 * How a global density is divided among a network's layers, as {@code inspect quotas --json} prints it.
 *
 * @param arch the network's name
 * @param density achieved global density, {@code nonzeros} by all prunable weights
 * @param nonzeros active weights of all layers
 * @param layers the prunable weights in the reference's order
 */
public record QuotaSummary(String arch, double density, long nonzeros, List<Layer> layers) {

  /** Copies the layers. */
  public QuotaSummary {
    layers = List.copyOf(layers);
  }

  /**
   * A layer's share.
   *
   * @param name its weight's key in the reference's state_dict
   * @param shape the weight's shape
   * @param density the density it was allocated
   * @param nonzeros active weights, whole
   */
  public record Layer(String name, Shape shape, double density, long nonzeros) {}

  /**
   * Sums an allocation up.
   *
   * @param blueprint the network
   * @param densities what an allocation made of {@link Blueprint#prunable()}
   * @return its summary
   * @throws BadInput if the densities are not those of the network's prunable weights
   */
  public static QuotaSummary of(Blueprint blueprint, Map<String, Density> densities) {
    Map<String, Shape> prunable = blueprint.prunable();
    if (!prunable.keySet().equals(densities.keySet())) {
      throw BadInput.data("densities", "one for each of " + prunable.keySet(), densities.keySet(), blueprint.name());
    }
    List<Layer> layers =
        prunable.entrySet().stream().map(weight -> layer(weight.getKey(), weight.getValue(), densities.get(weight.getKey()))).toList();
    long nonzeros = layers.stream().mapToLong(Layer::nonzeros).sum();
    return new QuotaSummary(blueprint.name(), (double) nonzeros / blueprint.prunableCount(), nonzeros, layers);
  }

  private static Layer layer(String name, Shape shape, Density density) {
    return new Layer(name, shape, density.value(), density.activeOf(shape.size()));
  }
}
