package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Op.Conv2d;
import dev.sparrow.arch.Op.Linear;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    List<LayerCost> layers = blueprint.nodes().stream().flatMap(node -> cost(blueprint, node)).toList();
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

  /**
   * How many pixels a weight of each layer meets: what an active weight costs, and what an inactive one saves where zeros are skipped.
   *
   * @return {@link LayerCost#uses} by weight name, in execution order
   */
  public Map<String, Double> uses() {
    Map<String, Double> uses = new LinkedHashMap<>();
    layers.forEach(layer -> uses.put(layer.name(), layer.uses()));
    return Collections.unmodifiableMap(uses);
  }

  private static Stream<LayerCost> cost(Blueprint blueprint, Node node) {
    if (node.op() instanceof Conv2d conv) {
      int from = node.inputs().get(0);
      return Stream.of(LayerCost.of(conv, from == 0 ? blueprint.input() : blueprint.nodes().get(from - 1).output(), node.output()));
    } else if (node.op() instanceof Linear linear) {
      return Stream.of(LayerCost.of(linear, node.output()));
    }
    return Stream.empty();
  }
}
