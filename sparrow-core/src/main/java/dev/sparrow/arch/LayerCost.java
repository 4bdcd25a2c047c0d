package dev.sparrow.arch;

import dev.sparrow.units.Shape;

/**
 * What one convolution or linear layer costs in a forward pass of one image.
 *
 * @param name its weight's name, for example {@code layer1.0.conv1.weight}
 * @param weight shape of the weight
 * @param output shape of the layer's value for one image
 * @param macs multiply-accumulates when every weight is active; a bias is not counted
 */
public record LayerCost(String name, Shape weight, Shape output, long macs) {

  /** Counts a layer: every weight of one output channel meets every output position once. */
  static LayerCost of(String name, Shape weight, Shape output) {
    long weightsPerChannel = weight.size() / weight.dim(0);
    return new LayerCost(name, weight, output, Math.multiplyExact(output.size(), weightsPerChannel));
  }
}
