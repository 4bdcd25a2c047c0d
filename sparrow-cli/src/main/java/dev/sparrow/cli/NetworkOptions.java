package dev.sparrow.cli;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.RunConfig;
import dev.sparrow.units.Density;
import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Which network a command looks at, where no data set says its shapes. */
final class NetworkOptions {

  @Option(
      names = "--num-classes",
      paramLabel = "K",
      defaultValue = "10",
      description = "Number of classes (at least 2; default: ${DEFAULT-VALUE})")
  private int numClasses;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Side of the images (pixels, 32 or 64; default: ${DEFAULT-VALUE})")
  private int imageSize;

  /** Adds the network's options that are part of a run's configuration; {@code --density} also sizes SmallDense. */
  static final class Network implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.NETWORK_GROUP.addTo(spec);
      new OptionGroup("Sparsity", List.of(RunOption.DENSITY)).addTo(spec);
      return spec;
    }
  }

  /** Adds those and the division of the density. */
  static final class NetworkAndQuotas implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.NETWORK_GROUP.addTo(spec);
      new OptionGroup("Sparsity", List.of(RunOption.DENSITY, RunOption.INIT)).addTo(spec);
      return spec;
    }
  }

  /**
   * The configuration that the options make.
   *
   * @param parsed the command with its options
   * @return defaults where nothing was given
   */
  RunConfig config(ParseResult parsed) {
    return RunOptions.of(parsed).resolve(RunConfig.DEFAULT);
  }

  /**
   * The network of a configuration.
   *
   * @param config the configuration
   * @return its blueprint
   */
  Blueprint blueprint(RunConfig config) {
    return Blueprints.create(config.network(), numClasses, imageSize, config.sparsity().density());
  }

  /**
   * The network that it is compared with.
   *
   * @param config the configuration
   * @return the same blueprint, save that of SmallDense with all of its channels, which is ResNet-18's
   */
  Blueprint fullBlueprint(RunConfig config) {
    return Blueprints.create(config.network(), numClasses, imageSize, Density.DENSE);
  }
}
