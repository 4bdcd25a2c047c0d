package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Op.Conv2d;
import dev.sparrow.arch.Op.Linear;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The multiply-accumulates of a forward pass of one image. Only convolutions and linear layers count, as in the paper: normalisation,
 * rectifiers, sums and pooling are below 1 % of a ResNet-18.
 *
 * @param macs of the dense network; one is two floating-point operations
 * @param layers the layers that count, in execution order
 */
public record InferenceCost(long macs, List<LayerCost> layers) {

  /** Floating-point operations of one multiply-accumulate: a product and a sum. */
  public static final int FLOPS_PER_MAC = 2;

  /** Copies the layers. */
  public InferenceCost {
    layers = List.copyOf(layers);
  }

  /**
   * Counts a network.
   *
   * @param blueprint the network
   * @return its cost
   */
  public static InferenceCost of(Blueprint blueprint) {
    List<LayerCost> layers = blueprint.nodes().stream().flatMap(InferenceCost::cost).toList();
    return new InferenceCost(layers.stream().mapToLong(LayerCost::macs).sum(), layers);
  }

  /**
   * Multiply-accumulates with active weights.
   *
   * @param densities fraction of active weights by weight name, in [0, 1]; a layer without one is dense
   * @return the layers' counts, each times its density
   * @throws BadInput if a name is not a layer's weight, or a fraction is outside [0, 1]
   */
  public double activeMacs(Map<String, Double> densities) {
    Set<String> unknown = new HashSet<>(densities.keySet());
    double active = 0;
    for (LayerCost layer : layers) {
      double density = densities.getOrDefault(layer.name(), 1.0);
      if (!(density >= 0 && density <= 1)) {
        throw BadInput.data("density", "a number in [0, 1]", density, layer.name());
      }
      active += density * layer.macs();
      unknown.remove(layer.name());
    }
    if (!unknown.isEmpty()) {
      String names = unknown.stream().sorted().collect(Collectors.joining(", "));
      throw BadInput.data("densities", "names of the network's weights", names, "inference cost");
    }
    return active;
  }

  private static Stream<LayerCost> cost(Node node) {
    if (node.op() instanceof Conv2d || node.op() instanceof Linear) {
      return node.op().parameters().entrySet().stream()
          .filter(parameter -> parameter.getKey().endsWith(".weight"))
          .map(weight -> LayerCost.of(weight.getKey(), weight.getValue(), node.output()));
    }
    return Stream.empty();
  }
}
