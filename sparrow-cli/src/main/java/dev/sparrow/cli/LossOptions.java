package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.ActiveWeights;
import dev.sparrow.analysis.FixedImages;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.NetworkClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Of which network an analysis looks at the loss, and on which images. */
final class LossOptions {

  @Mixin private ModelOptions model;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many of the first test images (images, at least 1; default: ${DEFAULT-VALUE})")
  private int count;

  /** Adds the options that are part of a run's configuration. */
  static final class Configuration implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.TEST_DATA_GROUP.addTo(spec);
      OptionGroup.NETWORK_GROUP.addTo(spec);
      OptionGroup.TEST_ATTACK_GROUP.addTo(spec);
      OptionGroup.ANALYSIS_RUNTIME_GROUP.addTo(spec);
      return spec;
    }
  }

  /**
   * The network and the images, read.
   *
   * @param loaded the network
   * @param masks its active weights
   * @param images the images as they are
   * @param imageNames what they are, for people
   */
  record Subject(LoadedModel loaded, MaskSet masks, FixedImages images, String imageNames) implements AutoCloseable {

    NetworkClassifier model() {
      return loaded.model();
    }

    @Override
    public void close() {
      masks.close();
      loaded.close();
    }
  }

  /** Where the network comes from. */
  Path source() {
    return model.source().orElseThrow();
  }

  /**
   * The configuration: that of the run, and the options over it.
   *
   * @param parsed the command with its options
   * @return the whole configuration
   */
  RunConfig config(ParseResult parsed) {
    requireAtLeastOne("--images", count);
    return RunOptions.of(parsed).resolve(model.base());
  }

  /**
   * Reads network and images.
   *
   * @param config the configuration
   * @return to be closed by the caller
   * @throws IOException if reading fails
   */
  Subject read(RunConfig config) throws IOException {
    TestImages images = TestImages.read(config, Optional.empty());
    EngineChoice engine = EngineChoice.exact(config.runtime());
    Engines.useThreads(engine);
    LoadedModel loaded = model.load(config, images.facts(), engine);
    try {
      images.requireFitting(loaded.model());
      MaskSet masks = ActiveWeights.of(model.folder(), loaded);
      return new Subject(loaded, masks, FixedImages.first(images.batches(), count, engine.device()), images.name());
    } catch (IOException | RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /** Refuses a count that is none. */
  static void requireAtLeastOne(String option, int value) {
    if (value < 1) {
      throw BadInput.usage(option, "a whole number of at least 1", value);
    }
  }
}
