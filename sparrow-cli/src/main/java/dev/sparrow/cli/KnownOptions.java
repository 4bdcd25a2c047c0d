package dev.sparrow.cli;

import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.config.Arch;
import dev.sparrow.data.Normalization;
import dev.sparrow.units.Density;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a user knows of a network whose weights are from elsewhere; the rest is found. */
final class KnownOptions {

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description =
          "Architecture (one of resnet18, resnet34, resnet50, resnet101, resnet152, vgg11, vgg13, vgg16, vgg19, wideresnet, smalldense, "
              + "resnet18-post; default: the one that names and shapes fit)")
  private Optional<String> arch = Optional.empty();

  @Option(names = "--width", paramLabel = "N", description = "Base channels (at least 1; default: those of the first convolution)")
  private Optional<Integer> width = Optional.empty();

  @Option(names = "--depth-factor", paramLabel = "N", description = "Depth of a WideResNet (layers, 6 n + 4; default: that of its blocks)")
  private Optional<Integer> depthFactor = Optional.empty();

  @Option(
      names = "--width-factor",
      paramLabel = "N",
      description = "Widening factor of a WideResNet (at least 1; default: that of its blocks)")
  private Optional<Integer> widthFactor = Optional.empty();

  @Option(
      names = "--density",
      paramLabel = "D",
      description = "Budget of a SmallDense (fraction, in (0, 1]; default: the one of the paper's that fits)")
  private Optional<Double> density = Optional.empty();

  @Option(names = "--num-classes", paramLabel = "K", description = "Number of classes (at least 2; default: those of the last layer)")
  private Optional<Integer> numClasses = Optional.empty();

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "Side of the images, which weights do not tell (pixels, 32 or 64; default: 32, or the file's)")
  private Optional<Integer> imageSize = Optional.empty();

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "Normalisation inside the network, of weights that carry none (cifar10, cifar100, tinyimagenet, none, or three means and three "
              + "deviations, comma-separated; default: the file's)")
  private Optional<String> normalization = Optional.empty();

  /** Constants inside the network, for a file that has none. */
  Optional<Normalization> normalization() {
    return normalization.map(Normalization::parse);
  }

  /** What was given. */
  Known known() {
    return new Known(arch.map(Arch::parse), width, depthFactor, widthFactor, density.map(Density::new), numClasses, imageSize);
  }
}
