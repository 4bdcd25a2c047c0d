package dev.sparrow.arch;

import dev.sparrow.arch.Op.Conv2d;
import dev.sparrow.units.Shape;

/**
 * What one convolution or linear layer costs in a forward pass of one image.
 *
 * @param name its weight's name, for example {@code layer1.0.conv1.weight}
 * @param weight shape of the weight
 * @param output shape of the layer's value for one image
 * @param macs multiply-accumulates when every weight is active; a bias is not counted, zeros around the image are
 * @param uses how many pixels a weight meets, averaged over the layer's; zeros around the image are not counted
 */
public record LayerCost(String name, Shape weight, Shape output, long macs, double uses) {

  /** Counts a convolution: every weight of one output channel meets every output position once. */
  static LayerCost of(Conv2d conv, Shape input, Shape output) {
    Shape weight = Shape.of(conv.out(), conv.in(), conv.kernel(), conv.kernel());
    long pairs = (long) pairs(conv, input.dim(1), output.dim(1)) * pairs(conv, input.dim(2), output.dim(2));
    double uses = pairs / (double) (conv.kernel() * conv.kernel());
    return of(conv.name(), weight, output, uses);
  }

  /** Counts a linear layer: every weight meets one number. */
  static LayerCost of(Op.Linear linear, Shape output) {
    return of(linear.name(), Shape.of(linear.out(), linear.in()), output, 1);
  }

  private static LayerCost of(String layer, Shape weight, Shape output, double uses) {
    long weightsPerChannel = weight.size() / weight.dim(0);
    return new LayerCost(layer + ".weight", weight, output, Math.multiplyExact(output.size(), weightsPerChannel), uses);
  }

  /** How many pairs of an output position and a place in the kernel's window lie on the image, along one axis. */
  private static int pairs(Conv2d conv, int inputSide, int outputSide) {
    int pairs = 0;
    for (int out = 0; out < outputSide; out++) {
      for (int tap = 0; tap < conv.kernel(); tap++) {
        int in = out * conv.stride() + tap - conv.padding();
        pairs += in >= 0 && in < inputSide ? 1 : 0;
      }
    }
    return pairs;
  }
}
