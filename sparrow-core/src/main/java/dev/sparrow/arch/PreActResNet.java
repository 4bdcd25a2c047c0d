package dev.sparrow.arch;

import dev.sparrow.arch.BlueprintBuilder.Value;

/**
 * Residual networks that normalise and rectify before each convolution (He et al., "Identity Mappings in Deep Residual Networks", 2016),
 * with a 3x3 stem and without a first pooling, as CIFAR takes them.
 *
 * <p>A block whose shape changes projects its activated input; any other adds its raw input.
 */
final class PreActResNet {

  /** The residual branch of a block. */
  enum Block {
    /** Two 3x3 convolutions. */
    BASIC(1),
    /** 1x1, 3x3 and 1x1; its value has four times the channels. */
    BOTTLENECK(4);

    private final int expansion;

    Block(int expansion) {
      this.expansion = expansion;
    }
  }

  private final BlueprintBuilder net;
  private final Block block;

  private PreActResNet(BlueprintBuilder net, Block block) {
    this.net = net;
    this.block = block;
  }

  /**
   * A network of four stages; each but the first halves the side of the image.
   *
   * @param net an empty builder
   * @param block the kind of block
   * @param depths blocks per stage
   * @param widths channels per stage, before expansion; the stem has those of the first
   * @param numClasses number of logits
   * @return the blueprint
   */
  static Blueprint build(BlueprintBuilder net, Block block, int[] depths, int[] widths, int numClasses) {
    PreActResNet network = new PreActResNet(net, block);
    Value value = net.conv("conv1", net.image(), widths[0], 3, 1);
    for (int stage = 0; stage < depths.length; stage++) {
      for (int index = 0; index < depths[stage]; index++) {
        int stride = stage > 0 && index == 0 ? 2 : 1;
        value = network.block("layer" + (stage + 1) + "." + index, value, widths[stage], stride);
      }
    }
    value = net.globalAvgPool(net.batchNormRelu("bn", value));
    net.linear("linear", value, numClasses);
    return net.build();
  }

  private Value block(String name, Value input, int width, int stride) {
    int out = width * block.expansion;
    Value activated = net.batchNormRelu(name + ".bn1", input);
    Value branch = block == Block.BASIC ? basic(name, activated, width, stride) : bottleneck(name, activated, width, stride);
    boolean keepsShape = stride == 1 && input.channels() == out;
    Value shortcut = keepsShape ? input : net.conv(name + ".shortcut.0", activated, out, 1, stride);
    return net.add(branch, shortcut);
  }

  private Value basic(String name, Value activated, int width, int stride) {
    Value first = net.conv(name + ".conv1", activated, width, 3, stride);
    return net.conv(name + ".conv2", net.batchNormRelu(name + ".bn2", first), width, 3, 1);
  }

  private Value bottleneck(String name, Value activated, int width, int stride) {
    Value first = net.conv(name + ".conv1", activated, width, 1, 1);
    Value second = net.conv(name + ".conv2", net.batchNormRelu(name + ".bn2", first), width, 3, stride);
    return net.conv(name + ".conv3", net.batchNormRelu(name + ".bn3", second), width * block.expansion, 1, 1);
  }
}
