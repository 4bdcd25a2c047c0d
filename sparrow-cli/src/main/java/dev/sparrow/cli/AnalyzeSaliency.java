package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.Attribution;
import dev.sparrow.analysis.ExplainedImage;
import dev.sparrow.analysis.Explanation;
import dev.sparrow.analysis.GradCam;
import dev.sparrow.analysis.GradientSaliency;
import dev.sparrow.attack.Attack;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.eval.AdversarialImages;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.ImageGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Shows what a network looks at, before and after an attack. */
@Command(
    name = "saliency",
    modelTransformer = AnalyzeSaliency.Options.class,
    description = {
      "Attacks the first test images and shows which places of the clean and of the adversarial images make the network say what it says.",
      "For a run folder, options that are not given are those of the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze saliency runs/first",
      "  sparrow analyze saliency runs/first --method gradient --images 16 --out saliency --json",
      "  sparrow analyze saliency runs/first --layer layer3 --attack pgd-50 --test-eps 16/255"
    })
final class AnalyzeSaliency extends AnalysisCommand implements Configured {

  private static final String GRAD_CAM = "grad-cam";
  private static final String METHODS = "grad-cam, gradient, gradient-x-input";

  @Mixin private ModelOptions model;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = GRAD_CAM,
      description = "How places are given importance (one of " + METHODS + "; default: ${DEFAULT-VALUE})")
  private String method;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "Where Grad-CAM looks (a stage, a block or a layer with a feature map; default: the last one with several places)")
  private Optional<String> layer = Optional.empty();

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
          "Take these images instead of the data set's (a safetensors file with images, float32 [N, 3, H, H] in [0, 1], and labels, "
              + "int64 [N]; default: none)")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many of the images to show (images, at least 1; default: ${DEFAULT-VALUE})")
  private int count;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.TEST_DATA_GROUP.addTo(spec);
      OptionGroup.NETWORK_GROUP.addTo(spec);
      OptionGroup.TEST_ATTACK_GROUP.addTo(spec);
      OptionGroup.ANALYSIS_RUNTIME_GROUP.addTo(spec);
      return spec;
    }
  }

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
    EngineChoice engine = EngineChoice.exact(config.runtime());
    Engines.useThreads(engine);
    try (ProgressDisplay display = ProgressDisplay.on(err());
        LoadedModel loaded = model.load(config, images.facts(), engine)) {
      images.requireFitting(loaded.model());
      Attribution attribution = attribution(loaded.model());
      AdversarialExamples examples =
          AdversarialImages.make(
                  loaded.model(),
                  engine.device(),
                  resolved,
                  config.seed(),
                  images.batches(),
                  Math.min(count, images.size()),
                  (done, total) -> display.progress(resolved.name(), done, total, ""))
              .named(images.classNames());
      List<ExplainedImage> explained = new Explanation(attribution, engine.device(), config.batchSize()).of(examples);
      display.close();
      SaliencyReport report = SaliencyReport.of(attribution.name(), resolved.name(), explained);
      ImageGrid grid = new ImageGrid(examples.imageSize());
      finish(model.source(), report, file -> grid.writeExplained(file, attribution.name(), drawn(explained)), report::text);
    }
    return ExitCode.OK;
  }

  private Attribution attribution(NetworkClassifier network) {
    if (layer.isPresent() && !method.equals(GRAD_CAM)) {
      throw BadInput.usage("--layer", "--method " + GRAD_CAM, "--method " + method);
    }
    return switch (method) {
      case GRAD_CAM -> layer.map(name -> new GradCam(network, name)).orElseGet(() -> GradCam.atLastMap(network));
      case "gradient" -> new GradientSaliency(network, GradientSaliency.Product.NONE);
      case "gradient-x-input" -> new GradientSaliency(network, GradientSaliency.Product.INPUT);
      default -> throw BadInput.usage("--method", "one of " + METHODS, "'" + method + "'");
    };
  }

  private static List<ImageGrid.Explained> drawn(List<ExplainedImage> explained) {
    return explained.stream()
        .map(image -> new ImageGrid.Explained(image.example(), image.cleanMap().scaled(), image.adversarialMap().scaled()))
        .toList();
  }
}
