package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.PrecisionChoice;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.RuntimeConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.model.TorchScriptClassifier;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which classifier a command attacks: a network of the library, or a TorchScript model. */
final class ClassifierOptions {

  /** What describes a network of the library, and nothing in a program. */
  private static final List<String> OF_NETWORKS =
      List.of("--checkpoint", "--normalization", "--arch", "--width", "--depth-factor", "--width-factor");

  private static final int FEWEST_CLASSES = 2;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private ModelOptions network;

  @Alternative("model")
  @Option(
      names = "--torchscript",
      paramLabel = "FILE",
      description =
          "Any classifier of images in [0, 1] that torch.jit.save stored, with its --num-classes; it is a program, which is run, so give "
              + "only one that you trust (a file; default: none)")
  private Optional<Path> program = Optional.empty();

  /**
   * Where the classifier comes from.
   *
   * @return the run folder, the ticket or the file
   * @throws BadInput if not exactly one was given
   */
  Path source() {
    Optional<Path> other = network.source();
    if (program.isPresent() == other.isPresent()) {
      throw BadInput.usage("model", "a run folder, --weights or --torchscript", program.isPresent() ? "--torchscript and another" : "none");
    }
    return program.or(() -> other).orElseThrow();
  }

  /** The run whose network it is; empty for others. */
  Optional<RunFolder> runFolder() {
    return network.runFolder();
  }

  /** Which of a run's checkpoints it is. */
  String checkpoint() {
    return network.checkpoint();
  }

  /**
   * What applies where no option is given.
   *
   * @return the run's configuration, or the defaults for others, in single precision
   * @throws BadInput if not exactly one classifier was given
   */
  RunConfig base() {
    source();
    RunConfig base = program.isPresent() ? RunConfig.DEFAULT : network.base();
    return base.withPrecision(PrecisionChoice.FP32);
  }

  /**
   * Loads the classifier.
   *
   * @param config architecture, and what computes it
   * @param images what the images' size, classes and normalisation are, where options do not say
   * @param engine what computes networks of the library
   * @return to be closed by the caller
   * @throws BadInput if it is not sound, or options do not go with it
   * @throws IOException if reading fails
   */
  EvaluatedModel load(RunConfig config, ImageFacts images, EngineChoice engine) throws IOException {
    if (program.isEmpty()) {
      return EvaluatedModel.of(network.load(config, images, engine));
    }
    requireNothingElse(config.runtime());
    ImageFacts own = network.facts(images);
    if (own.numClasses() < FEWEST_CLASSES) {
      throw BadInput.usage("--num-classes", "a whole number of at least " + FEWEST_CLASSES, own.numClasses());
    }
    return EvaluatedModel.of(TorchScriptClassifier.load(program.get(), own.numClasses(), own.imageSize(), engine.device()));
  }

  private void requireNothingElse(RuntimeConfig runtime) {
    for (String option : OF_NETWORKS) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw BadInput.usage(option, "a run folder or --weights that it is about", "--torchscript");
      }
    }
    if (runtime.engine() != EngineKind.DENSE) {
      throw BadInput.usage("--engine", "dense with --torchscript, as libtorch runs it", runtime.engine().label());
    }
    if (runtime.precision() != PrecisionChoice.FP32) {
      throw BadInput.usage("--precision", "fp32 with --torchscript, which has a precision of its own", runtime.precision().label());
    }
  }
}
