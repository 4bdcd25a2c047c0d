package dev.sparrow.prune;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.arch.Op;

/** The network of the golden scores: conv 3 to 8, ReLU, conv 8 to 8 with stride 2, ReLU, linear 128 to 10; for 8x8 images, no biases. */
public final class FlatNet {

  public static final int IMAGE_SIZE = 8;
  public static final int CLASSES = 10;

  private FlatNet() {}

  /** The linear layer over the flattened 4x4 map is a convolution that sees all of the map: the same weights in the same order. */
  public static Blueprint blueprint() {
    BlueprintBuilder net = new BlueprintBuilder("flat", IMAGE_SIZE);
    Value first = net.relu(net.conv("conv1", net.image(), 8, 3, 1));
    return withLinear(net, net.relu(net.conv("conv2", first, 8, 3, 2)));
  }

  /** The same parameters, and smooth in them. */
  static Blueprint withoutRectifiers() {
    BlueprintBuilder net = new BlueprintBuilder("smooth", IMAGE_SIZE);
    return withLinear(net, net.conv("conv2", net.conv("conv1", net.image(), 8, 3, 1), 8, 3, 2));
  }

  private static Blueprint withLinear(BlueprintBuilder net, Value features) {
    net.globalAvgPool(net.append(new Op.Conv2d("linear", 8, CLASSES, 4, 1, 0, false), features));
    return net.build();
  }
}
