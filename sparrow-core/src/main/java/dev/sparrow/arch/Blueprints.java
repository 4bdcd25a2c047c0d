package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.arch.PreActResNet.Block;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import org.apiguardian.api.API;

/**
 * The networks that runs can name. All end in a global average and one linear layer, so they take 32x32 and 64x64 images.
 *
 * <p>Parameter names and their order are those of the reference's {@code named_parameters()}, without its normalisation, which is no part
 * of a blueprint.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Blueprints {

  /** Beyond these, numbers of channels and weights would not fit their types, and no machine would fit the network. */
  private static final int WIDEST = 65_536;

  private static final int WIDEST_FACTOR = 1_024;

  private static final int DEEPEST = 1_024;

  private Blueprints() {}

  /**
   * Draws a network.
   *
   * <p>{@code network.width()} is the number of channels of the first stage of a ResNet or VGG; WideResNet's stem has a quarter of it
   * (rounded, at least 1), so that 64 is the published network everywhere.
   *
   * @param network which one, and how wide
   * @param numClasses number of logits, at least 2
   * @param imageSize side of the square images, 32 or 64
   * @param density the parameter budget of SmallDense, whose widths are scaled by .223, .316, .448, .775, .895 for 0.05, 0.1, 0.2, 0.6, 0.8
   *     and by the square root otherwise; the other networks do not look at it
   * @return the blueprint
   * @throws BadInput if the number of classes, the image size or a WideResNet's depth is not one of those, or a width or depth is absurd
   */
  public static Blueprint create(NetworkConfig network, int numClasses, int imageSize, Density density) {
    if (numClasses < 2) {
      throw BadInput.usage("--num-classes", "a whole number of at least 2", numClasses);
    }
    if (imageSize != 32 && imageSize != 64) {
      throw BadInput.usage("--image-size", "32 or 64", imageSize);
    }
    atMost("--width", WIDEST, network.width());
    atMost("--width-factor", WIDEST_FACTOR, network.widthFactor());
    atMost("--depth-factor", DEEPEST, network.depthFactor());
    BlueprintBuilder net = new BlueprintBuilder(name(network), imageSize);
    int[] widths = Widths.doubling(network.width());
    return switch (network.arch()) {
      case RESNET18 -> PreActResNet.build(net, Block.BASIC, new int[] {2, 2, 2, 2}, widths, numClasses);
      case RESNET34 -> PreActResNet.build(net, Block.BASIC, new int[] {3, 4, 6, 3}, widths, numClasses);
      case RESNET50 -> PreActResNet.build(net, Block.BOTTLENECK, new int[] {3, 4, 6, 3}, widths, numClasses);
      case RESNET101 -> PreActResNet.build(net, Block.BOTTLENECK, new int[] {3, 4, 23, 3}, widths, numClasses);
      case RESNET152 -> PreActResNet.build(net, Block.BOTTLENECK, new int[] {3, 8, 36, 3}, widths, numClasses);
      case VGG11 -> Vgg.build(net, new int[] {1, 1, 2, 2, 2}, network.width(), numClasses);
      case VGG13 -> Vgg.build(net, new int[] {2, 2, 2, 2, 2}, network.width(), numClasses);
      case VGG16 -> Vgg.build(net, new int[] {2, 2, 3, 3, 3}, network.width(), numClasses);
      case VGG19 -> Vgg.build(net, new int[] {2, 2, 4, 4, 4}, network.width(), numClasses);
      case WIDERESNET ->
          WideResNet.build(net, network.depthFactor(), network.widthFactor(), Widths.wideResNetStem(network.width()), numClasses);
      case SMALLDENSE ->
          PreActResNet.build(net, Block.BASIC, new int[] {2, 2, 2, 2}, Widths.smallDense(network.width(), density), numClasses);
      case RESNET18_POST -> PostActResNet.build(net, new int[] {2, 2, 2, 2}, widths, numClasses);
    };
  }

  private static void atMost(String option, int most, int got) {
    if (got > most) {
      throw BadInput.usage(option, "a whole number of at most " + most, got);
    }
  }

  private static String name(NetworkConfig network) {
    String label = network.arch().label();
    return switch (network.arch()) {
      case WIDERESNET -> label + "-" + network.depthFactor() + "-" + network.widthFactor();
      default -> label;
    };
  }
}
