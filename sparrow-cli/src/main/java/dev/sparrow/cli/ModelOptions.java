package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network a command looks at: that of a run folder or a ticket, or weights from elsewhere. */
final class ModelOptions {

  @Mixin private RunChoice chosen;

  @Alternative("model")
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights of an export, or of elsewhere under the reference's state_dict names for the network of --arch (a safetensors or "
              + "sparrow-sparse file, or a PyTorch checkpoint; default: none)")
  private Optional<Path> weights = Optional.empty();

  @Option(names = "--num-classes", paramLabel = "K", description = "Number of classes, with a file (at least 2; default: the data set's)")
  private Optional<Integer> numClasses = Optional.empty();

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "Side of the images, with a file (pixels, 32 or 64 with --weights; default: that of the images)")
  private Optional<Integer> imageSize = Optional.empty();

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "Normalisation inside the network, with --weights that carry none (cifar10, cifar100, tinyimagenet, none, or three means and three "
              + "deviations, comma-separated; default: the data set's)")
  private Optional<String> normalization = Optional.empty();

  /**
   * Where the weights come from.
   *
   * @return the run folder, the ticket or the file; empty if nothing was given
   * @throws BadInput if more than one was given
   */
  Optional<Path> source() {
    if (chosen.path().isPresent() && weights.isPresent()) {
      throw BadInput.usage("model", "a run folder or --weights", "both");
    }
    return chosen.path().or(() -> weights);
  }

  /**
   * The configuration of the run.
   *
   * @return its file; empty for anything but a run folder
   */
  Optional<Path> configuration() {
    return chosen.path().filter(folder -> !Ticket.exists(folder)).map(folder -> RunFolder.existing(folder).config());
  }

  /**
   * The folder with the weights and their masks.
   *
   * @return the run's checkpoint, or the ticket; empty for a file of weights
   * @throws BadInput if no checkpoint has the name that was given
   */
  Optional<Path> folder() {
    return chosen.path().map(folder -> Ticket.exists(folder) ? folder : checkpointFolder(new RunFolder(folder), chosen.checkpoint()));
  }

  /**
   * The run whose network is looked at.
   *
   * @return empty for a ticket and for weights from elsewhere
   */
  Optional<RunFolder> runFolder() {
    return chosen.path().filter(folder -> !Ticket.exists(folder)).map(RunFolder::new);
  }

  /**
   * Which of a run's checkpoints it is.
   *
   * @return its name
   */
  String checkpoint() {
    return chosen.checkpoint();
  }

  /**
   * What applies where no option is given: the run's configuration, or the defaults for weights from elsewhere.
   *
   * @return the base of the configuration
   * @throws BadInput if there is no run, or not exactly one source of weights was given
   */
  RunConfig base() {
    source().orElseThrow(() -> BadInput.usage("model", "a run folder or --weights", "neither"));
    return configuration().map(ConfigFile::read).orElse(RunConfig.DEFAULT);
  }

  /**
   * What a network from elsewhere knows of its images.
   *
   * @param images the images that it is for
   * @return what options say, and the images where they say nothing
   */
  ImageFacts facts(ImageFacts images) {
    return new ImageFacts(
        numClasses.orElse(images.numClasses()),
        imageSize.orElse(images.imageSize()),
        normalization.map(Normalization::parse).orElse(images.normalization()));
  }

  /**
   * Loads the network, or draws a fresh one where no weights were given.
   *
   * @param config architecture, and what computes it
   * @param images what the images' size, classes and normalisation are, for weights from elsewhere
   * @return the network, to be closed by the caller
   * @throws IOException if reading fails
   */
  LoadedModel load(RunConfig config, ImageFacts images) throws IOException {
    return load(config, images, EngineChoice.of(config.runtime()));
  }

  /** The same on an engine that need not be the configuration's. */
  LoadedModel load(RunConfig config, ImageFacts images, EngineChoice engine) throws IOException {
    if (chosen.path().isPresent()) {
      return loadOther(chosen.path().get(), Optional.empty(), engine);
    }
    ImageFacts own = facts(images);
    ModelInfo info =
        new ModelInfo(config.network(), config.sparsity().density(), own.numClasses(), own.imageSize(), own.normalization());
    if (weights.isEmpty()) {
      return LoadedModel.fresh(info, config.seed(), engine);
    }
    Optional<ModelCard> card = ModelCard.read(weights.get());
    if (card.isPresent()) {
      requireNothingElse(card.get().model(), config.network());
    }
    return LoadedModel.fromWeights(weights.get(), info, engine);
  }

  /**
   * Loads the checkpoint of a run with the name that was given, unless another one is wanted.
   *
   * @param folder a run folder or a ticket
   * @param name of the checkpoint, if not that of these options
   * @param engine what computes it
   * @return the network, to be closed by the caller
   * @throws IOException if reading fails
   */
  LoadedModel loadOther(Path folder, Optional<String> name, EngineChoice engine) throws IOException {
    return Ticket.exists(folder)
        ? LoadedModel.fromTicket(folder, engine)
        : LoadedModel.fromCheckpoint(checkpointFolder(RunFolder.existing(folder), name.orElse(chosen.checkpoint())), engine);
  }

  /**
   * What a network is called where several are compared.
   *
   * @param path where it comes from
   * @param name of the checkpoint, if not that of these options
   * @return the path, and for a run folder the checkpoint
   */
  String label(Path path, Optional<String> name) {
    return new RunFolder(path).holdsRun() ? path + " (" + name.orElse(chosen.checkpoint()) + ")" : path.toString();
  }

  /** A file that describes its network needs no options, and options must not contradict it. */
  private void requireNothingElse(ModelInfo described, NetworkConfig network) {
    if (!network.equals(NetworkConfig.DEFAULT)) {
      requireSame("--arch and widths", described.network(), network);
    }
    numClasses.ifPresent(given -> requireSame("--num-classes", described.numClasses(), given));
    imageSize.ifPresent(given -> requireSame("--image-size", described.imageSize(), given));
    normalization.ifPresent(given -> requireSame("--normalization", described.normalization(), Normalization.parse(given)));
  }

  private void requireSame(String option, Object described, Object given) {
    if (!given.equals(described)) {
      throw BadInput.usage(option, described + " as " + weights.orElseThrow() + " says", given);
    }
  }

  /**
   * The folder of one of a run's checkpoints.
   *
   * @param run the run
   * @param name of the checkpoint
   * @return the folder, which need not exist yet
   * @throws BadInput if no checkpoint has that name
   */
  static Path checkpointFolder(RunFolder run, String name) {
    return switch (name) {
      case "best-robust" -> run.bestRobustCheckpoint();
      case "best-clean" -> run.bestCleanCheckpoint();
      case "last" -> run.lastCheckpoint();
      default -> throw BadInput.usage("--checkpoint", "one of best-robust, best-clean, last", "'" + name + "'");
    };
  }
}
