package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.arch.BlueprintBuilder.Value;

/**
 * Wide residual networks (Zagoruyko and Komodakis, 2016): three stages of pre-activation blocks, no dropout.
 *
 * <p>A block that changes the number of channels projects its activated input; any other adds its raw input.
 */
final class WideResNet {

  private static final int STAGES = 3;

  private final BlueprintBuilder net;

  private WideResNet(BlueprintBuilder net) {
    this.net = net;
  }

  /**
   * A network of depth 6 n + 4 with n blocks per stage.
   *
   * @param net an empty builder
   * @param depth 6 n + 4, n at least 1
   * @param widen widening factor of the stages
   * @param base channels of the stem, 16 in the paper
   * @param numClasses number of logits
   * @return the blueprint
   */
  static Blueprint build(BlueprintBuilder net, int depth, int widen, int base, int numClasses) {
    if (depth < 10 || depth % 6 != 4) {
      throw BadInput.usage("--depth-factor", "6 n + 4 with n of at least 1, such as 10, 28 or 34", depth);
    }
    int blocks = (depth - 4) / 6;
    net.initialize(Initialization.FAN_OUT);
    WideResNet network = new WideResNet(net);
    Value value = net.conv("conv1", net.image(), base, 3, 1);
    for (int stage = 0; stage < STAGES; stage++) {
      for (int index = 0; index < blocks; index++) {
        int stride = stage > 0 && index == 0 ? 2 : 1;
        value = network.block("block" + (stage + 1) + ".layer." + index, value, (base << stage) * widen, stride);
      }
    }
    value = net.globalAvgPool(net.batchNormRelu("bn1", value));
    net.linear("fc", value, numClasses);
    return net.build();
  }

  private Value block(String name, Value input, int out, int stride) {
    Value activated = net.batchNormRelu(name + ".bn1", input);
    Value branch = net.conv(name + ".conv1", activated, out, 3, stride);
    branch = net.conv(name + ".conv2", net.batchNormRelu(name + ".bn2", branch), out, 3, 1);
    // No stage has a stride without a change of channels, so equal channels mean an equal shape.
    Value shortcut = input.channels() == out ? input : net.conv(name + ".convShortcut", activated, out, 1, stride);
    return net.add(branch, shortcut);
  }
}
