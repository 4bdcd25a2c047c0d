package dev.sparrow.checkpoint;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.units.Density;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What must be known to rebuild a network before its weights are loaded.
 *
 * @param network architecture and widths
 * @param density the configured density, which sets the widths of SmallDense
 * @param numClasses number of logits
 * @param imageSize side of the images in pixels
 * @param normalization constants inside the model
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record ModelInfo(NetworkConfig network, Density density, int numClasses, int imageSize, Normalization normalization) {

  /**
   * The network, empty.
   *
   * @return its blueprint
   * @throws dev.sparrow.BadInput if there is no such network
   */
  public Blueprint blueprint() {
    return Blueprints.create(network, numClasses, imageSize, density);
  }

  /**
   * The same with another normalisation.
   *
   * @param other the constants
   * @return the description
   */
  public ModelInfo with(Normalization other) {
    return new ModelInfo(network, density, numClasses, imageSize, other);
  }

  /**
   * In what a network differs from this one, as far as that changes its parameters or its function.
   *
   * @param other the other network
   * @return for example {@code "width 8 instead of 64"}; empty if weights of one fit the other
   */
  public List<String> differences(ModelInfo other) {
    Map<String, Object> mine = traits();
    Map<String, Object> its = other.traits();
    return mine.keySet().stream()
        .filter(its::containsKey) // what only one of two architectures has follows from the architecture
        .filter(trait -> !mine.get(trait).equals(its.get(trait)))
        .map(trait -> trait + " " + its.get(trait) + " instead of " + mine.get(trait))
        .toList();
  }

  private Map<String, Object> traits() {
    Map<String, Object> traits = new LinkedHashMap<>();
    traits.put("architecture", network.arch().label());
    traits.put("width", network.width());
    if (network.arch() == Arch.WIDERESNET) {
      traits.put("depth factor", network.depthFactor());
      traits.put("width factor", network.widthFactor());
    }
    if (network.arch() == Arch.SMALLDENSE) {
      traits.put("density", density.value());
    }
    traits.put("classes", numClasses);
    traits.put("image size", imageSize);
    traits.put("normalization mean", normalization.mean());
    traits.put("normalization std", normalization.std());
    return traits;
  }
}
