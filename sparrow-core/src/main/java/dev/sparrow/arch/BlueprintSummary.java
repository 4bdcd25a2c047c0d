package dev.sparrow.arch;

import dev.sparrow.units.Shape;
import java.util.List;

/**
 * A network's size and its parameters, as {@code inspect arch --json} prints them.
 *
 * @param arch its name
 * @param imageSize side of its images
 * @param numClasses number of logits
 * @param parameters number of trainable values
 * @param prunable number of weights that sparsity methods may prune
 * @param layers its parameters in the reference's order
 */
public record BlueprintSummary(String arch, int imageSize, int numClasses, long parameters, long prunable, List<Layer> layers) {

  /** Copies the layers. */
  public BlueprintSummary {
    layers = List.copyOf(layers);
  }

  /**
   * A parameter.
   *
   * @param name its key in the reference's state_dict
   * @param shape its shape
   */
  public record Layer(String name, Shape shape) {}

  /**
   * Sums up a network.
   *
   * @param blueprint the network
   * @return its summary
   */
  public static BlueprintSummary of(Blueprint blueprint) {
    return new BlueprintSummary(
        blueprint.name(),
        blueprint.input().dim(1),
        blueprint.numClasses(),
        blueprint.parameterCount(),
        blueprint.prunableCount(),
        blueprint.parameters().entrySet().stream().map(entry -> new Layer(entry.getKey(), entry.getValue())).toList());
  }
}
