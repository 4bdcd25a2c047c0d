package dev.sparrow.arch;

import dev.sparrow.arch.BlueprintBuilder.Value;

/**
 * Residual networks that normalise and rectify after each convolution (He et al., "Deep Residual Learning for Image Recognition", 2015),
 * with a 3x3 stem and without a first pooling, as CIFAR takes them; torchvision's names.
 *
 * <p>Differs from the reference: its {@code select.indexes} (constant ones that pass every channel on) are left out; they are neither
 * trained nor changed.
 */
final class PostActResNet {

  private final BlueprintBuilder net;

  private PostActResNet(BlueprintBuilder net) {
    this.net = net;
  }

  /**
   * A network of basic blocks in four stages; each stage but the first halves the side of the image.
   *
   * @param net an empty builder
   * @param depths blocks per stage
   * @param widths channels per stage; the stem has those of the first
   * @param numClasses number of logits
   * @return the blueprint
   */
  static Blueprint build(BlueprintBuilder net, int[] depths, int[] widths, int numClasses) {
    net.initialize(Initialization.FAN_OUT_DAMPED);
    PostActResNet network = new PostActResNet(net);
    Value value = net.batchNormRelu("bn1", net.conv("conv1", net.image(), widths[0], 3, 1));
    for (int stage = 0; stage < depths.length; stage++) {
      for (int index = 0; index < depths[stage]; index++) {
        int stride = stage > 0 && index == 0 ? 2 : 1;
        value = network.block("layer" + (stage + 1) + "." + index, value, widths[stage], stride);
      }
    }
    net.linear("fc", net.globalAvgPool(value), numClasses);
    return net.build();
  }

  private Value block(String name, Value input, int out, int stride) {
    Value branch = net.batchNormRelu(name + ".bn1", net.conv(name + ".conv1", input, out, 3, stride));
    branch = net.batchNorm(name + ".bn2", net.conv(name + ".conv2", branch, out, 3, 1));
    boolean keepsShape = stride == 1 && input.channels() == out;
    Value shortcut =
        keepsShape ? input : net.batchNorm(name + ".downsample.1", net.conv(name + ".downsample.0", input, out, 1, stride));
    return net.relu(net.add(branch, shortcut));
  }
}
