package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.CorruptionAccuracy;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.corruption.Corruption;
import dev.sparrow.data.corruption.CorruptionKind;
import dev.sparrow.data.corruption.Picture;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.engine.Workload;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.report.CorruptionGrid;
import dev.sparrow.report.TextTable;
import dev.sparrow.units.Labelled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Measures the accuracy on corrupted images. */
@Command(
    name = "corruptions",
    modelTransformer = AnalyzeCorruptions.Options.class,
    description = {
      "Measures the accuracy of a network on test images with the corruptions of CIFAR-10-C, which are made as they are needed.",
      "All kinds but frost follow the published definitions; see docs/analysis.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze corruptions runs/first",
      "  sparrow analyze corruptions runs/first --corruptions fog,snow --severities 1,5 --limit-test 1000 --json",
      "  sparrow analyze corruptions --weights weights.safetensors --arch resnet18 --grid corruptions.png --out analysis"
    })
final class AnalyzeCorruptions extends AnalysisCommand implements Configured {

  private static final String ALL = "all";

  @Mixin private ModelOptions model;

  @Option(
      names = "--corruptions",
      paramLabel = "KIND",
      split = ",",
      defaultValue = ALL,
      description =
          "Kinds of corruption, comma-separated (all, or of gaussian_noise, shot_noise, impulse_noise, defocus_blur, glass_blur, "
              + "motion_blur, zoom_blur, snow, frost, fog, brightness, contrast, elastic_transform, pixelate, jpeg_compression; "
              + "default: ${DEFAULT-VALUE})")
  private List<String> names = List.of();

  @Option(
      names = "--severities",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2,3,4,5",
      description = "How bad, comma-separated (whole numbers from 1 to 5; default: ${DEFAULT-VALUE})")
  private List<Integer> severities = List.of();

  @Option(
      names = "--grid",
      paramLabel = "FILE",
      description = "Draw the first test image under each kind and severity (a PNG file; default: none)")
  private Optional<Path> grid = Optional.empty();

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.TEST_DATA_GROUP.addTo(spec);
      OptionGroup.NETWORK_GROUP.addTo(spec);
      OptionGroup.EVALUATION_RUNTIME_GROUP.addTo(spec);
      return spec;
    }
  }

  @Override
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(model.base());
  }

  @Override
  public Integer call() throws IOException {
    List<CorruptionKind> kinds = kinds();
    List<Integer> chosen = severities();
    RunConfig config = config();
    TestImages images = TestImages.read(config, Optional.empty());
    EngineChoice engine = EngineChoice.of(config.runtime()).withWorkload(Workload.evaluation(images.batches().count(), 0));
    Engines.useThreads(engine);
    try (ProgressDisplay display = ProgressDisplay.on(err());
        LoadedModel loaded = model.load(config, images.facts(), engine)) {
      images.requireFitting(loaded.model());
      Evaluator evaluator = new Evaluator(loaded.model(), engine.device(), config.batchSize(), config.seed());
      CorruptionAccuracy accuracy =
          CorruptionAccuracy.measure(
              model.source().orElseThrow().toString(),
              evaluator,
              new CorruptionAccuracy.Images(images.batches(), images.size(), config.batchSize(), config.seed()),
              kinds,
              chosen,
              (part, done, total) -> display.progress(part, done, total, ""));
      if (grid.isPresent()) {
        drawGrid(grid.get(), images, kinds, chosen, config);
      }
      display.close();
      finish(model.source(), accuracy, accuracy::draw, () -> text(accuracy));
    }
    return ExitCode.OK;
  }

  private List<CorruptionKind> kinds() {
    if (names.equals(List.of(ALL))) {
      return List.of(CorruptionKind.values());
    }
    return names.stream().map(name -> Labelled.parse(CorruptionKind.class, "--corruptions", name)).distinct().toList();
  }

  private List<Integer> severities() {
    for (int severity : severities) {
      if (severity < Corruption.MILDEST || severity > Corruption.STRONGEST) {
        throw BadInput.usage("--severities", "whole numbers from " + Corruption.MILDEST + " to " + Corruption.STRONGEST, severity);
      }
    }
    return severities.stream().distinct().sorted().toList();
  }

  private static void drawGrid(Path file, TestImages images, List<CorruptionKind> kinds, List<Integer> severities, RunConfig config)
      throws IOException {
    Batch first = images.batches().get(0);
    Picture picture = Picture.of(first.images(), 0, first.imageSize());
    CorruptionGrid drawing = new CorruptionGrid(first.imageSize(), severities);
    for (CorruptionKind kind : kinds) {
      Stream<Picture> corrupted = severities.stream().map(severity -> kind.apply(picture, severity, config.seed(), 0));
      drawing.row(kind.label(), Stream.concat(Stream.of(picture), corrupted).map(Picture::pixels).toList());
    }
    drawing.write(file);
  }

  private static String text(CorruptionAccuracy accuracy) {
    TextTable table = new TextTable().left("accuracy of " + accuracy.images()).right("mean");
    accuracy.severities().forEach(severity -> table.right("severity " + severity));
    for (CorruptionAccuracy.Kind kind : accuracy.kinds()) {
      Stream<Double> cells = Stream.concat(Stream.of(kind.accuracy()), kind.bySeverity().stream());
      table.row(Stream.concat(Stream.of(kind.name()), cells.map(Texts::percent)).toArray());
    }
    return Texts.format(
        "%s%nclean %s, mean over kinds %s",
        table,
        Texts.percent(accuracy.cleanAccuracy()),
        Texts.percent(accuracy.meanCorruptionAccuracy()));
  }
}
