package dev.sparrow.prune.channel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintBuilder.Value;

/** A pre-activation network of one block: a stream of 4 channels that two batch norms read, and 3 channels inside the block. */
final class ResidualToy {

  static final Blueprint BLUEPRINT = build();

  private ResidualToy() {}

  private static Blueprint build() {
    BlueprintBuilder net = new BlueprintBuilder("toy", 8);
    Value stem = net.conv("stem", net.image(), 4, 3, 1);
    Value inner = net.conv("first", net.batchNormRelu("bn1", stem), 3, 3, 1);
    Value stream = net.add(net.conv("second", net.batchNormRelu("bn2", inner), 4, 1, 1), stem);
    net.linear("fc", net.globalAvgPool(net.batchNormRelu("bn", stream)), 2);
    return net.build();
  }
}
