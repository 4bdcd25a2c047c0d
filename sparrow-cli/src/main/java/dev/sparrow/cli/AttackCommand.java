package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.eval.AdversarialImages;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.ImageGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Writes adversarial images. */
@Command(
    name = "attack",
    modelTransformer = AttackCommand.Options.class,
    description = {
      "Attacks the first test images and writes the adversarial ones, as a safetensors file and as a picture grid.",
      "For a run folder, options that are not given are those of the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow attack runs/first --out adversarial",
      "  sparrow attack runs/first --attack fgsm --test-eps 16/255 --images 32 --out adversarial --json",
      "  sparrow attack runs/first --attack apgd-ce --out adversarial",
      "  sparrow attack --weights weights.safetensors --arch vgg16 --input images.safetensors --out adversarial"
    })
final class AttackCommand extends ResultCommand implements Configured {

  private static final int GRID_IMAGES = 32;

  @Mixin private ClassifierOptions model;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      defaultValue = "pgd",
      description = "The attack (" + AttackNames.KNOWN + "; default: ${DEFAULT-VALUE})")
  private String attack;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Take these images instead of the data set's (a safetensors file with images, float32 [N, 3, H, H] in [0, 1], and labels, int64 [N]; "
              + "default: none)")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "16",
      description = "How many of the images to attack (images, at least 1; default: ${DEFAULT-VALUE})")
  private int count;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "adversarial",
      description = "Where adversarial.safetensors and grid.png go (a folder; default: ${DEFAULT-VALUE})")
  private Path folder;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      new EvaluateCommand.Options().transform(spec);
      return spec;
    }
  }

  /**
   * What {@code --json} prints.
   *
   * @param images number of images attacked
   * @param attack the attack's name
   * @param cleanAccuracy fraction classified correctly before it
   * @param robustAccuracy fraction classified correctly before and after it
   * @param maxPerturbation largest perturbation, in the attack's norm
   * @param tensors the file with the images
   * @param grid the picture
   */
  record Result(int images, String attack, double cleanAccuracy, double robustAccuracy, double maxPerturbation, String tensors, String grid) {}

  @Override
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(model.base());
  }

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw BadInput.usage("--images", "a whole number of at least 1", count);
    }
    RunConfig config = config();
    Attack resolved = AttackNames.attack(attack, config.testAttack());
    TestImages images = TestImages.read(config, input);
    if (!images.labelled()) {
      throw BadInput.data("labels", "int64 labels beside the images", "none", input.orElseThrow());
    }
    EngineChoice engine = EngineChoice.of(config.runtime());
    Engines.useThreads(engine);
    try (ProgressDisplay display = ProgressDisplay.on(err());
        EvaluatedModel loaded = model.load(config, images.facts(), engine)) {
      images.requireFitting(loaded.model());
      AdversarialImages adversarial =
          AdversarialImages.make(
              loaded.model(),
              engine.device(),
              resolved,
              config.seed(),
              images.batches(),
              Math.min(count, images.size()),
              (done, total) -> display.progress(resolved.name(), done, total, ""));
      AdversarialExamples examples = adversarial.named(images.classNames());
      Files.createDirectories(folder);
      Path tensors = folder.resolve("adversarial.safetensors");
      Path grid = folder.resolve("grid.png");
      examples.write(tensors);
      new ImageGrid(examples.imageSize()).write(grid, examples.named(GRID_IMAGES));
      display.close();
      print(adversarial, resolved, tensors, grid);
    }
    return ExitCode.OK;
  }

  private void print(AdversarialImages adversarial, Attack resolved, Path tensors, Path grid) {
    Result result =
        new Result(
            adversarial.size(),
            resolved.name(),
            adversarial.cleanAccuracy(),
            adversarial.robustAccuracy(),
            adversarial.maxPerturbation(),
            tensors.toString(),
            grid.toString());
    print(
        result,
        () ->
            Texts.format(
                "%s on %d images: %s correct before, %s after%nimages   %s%npicture  %s",
                result.attack(),
                result.images(),
                Texts.percent(result.cleanAccuracy()),
                Texts.percent(result.robustAccuracy()),
                tensors,
                grid));
  }
}
