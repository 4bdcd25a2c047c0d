package dev.sparrow.arch;

import dev.sparrow.arch.BlueprintBuilder.Value;

/**
 * VGG (Simonyan and Zisserman, 2014) with batch norm and one linear layer: five stages of 3x3 convolutions, each ended by a 2x2 maximum.
 *
 * <p>Differs from the reference: a global average before the classifier, the same function on 32x32, where it averages one position, and
 * defined on 64x64.
 */
final class Vgg {

  /** Channels of the stages in multiples of the first stage's. */
  private static final int[] MULTIPLES = {1, 2, 4, 8, 8};

  private Vgg() {}

  /**
   * A network with biased convolutions, named by their place among all modules as in {@code features.14}.
   *
   * @param net an empty builder
   * @param convolutions number of convolutions per stage
   * @param width channels of the first stage
   * @param numClasses number of logits
   * @return the blueprint
   */
  static Blueprint build(BlueprintBuilder net, int[] convolutions, int width, int numClasses) {
    Value value = net.image();
    int module = 0;
    for (int stage = 0; stage < MULTIPLES.length; stage++) {
      for (int index = 0; index < convolutions[stage]; index++) {
        value = net.convWithBias("features." + module, value, width * MULTIPLES[stage], 3);
        value = net.batchNormRelu("features." + (module + 1), value);
        module += 3;
      }
      value = net.maxPool(value, 2);
      module++;
    }
    net.linear("classifier", net.globalAvgPool(value), numClasses);
    return net.build();
  }
}
