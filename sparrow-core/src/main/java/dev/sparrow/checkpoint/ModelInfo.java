package dev.sparrow.checkpoint;

import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.units.Density;

/**
 * What must be known to rebuild a network before its weights are loaded.
 *
 * @param network architecture and widths
 * @param density the configured density, which sets the widths of SmallDense
 * @param numClasses number of logits
 * @param imageSize side of the images in pixels
 * @param normalization constants inside the model
 */
public record ModelInfo(NetworkConfig network, Density density, int numClasses, int imageSize, Normalization normalization) {

  /**
   * The same with another normalisation.
   *
   * @param other the constants
   * @return the description
   */
  public ModelInfo with(Normalization other) {
    return new ModelInfo(network, density, numClasses, imageSize, other);
  }
}
