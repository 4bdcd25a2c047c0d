package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.Cka;
import dev.sparrow.analysis.LayerViews;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.report.MatrixMap;
import dev.sparrow.report.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what the layers of networks represent. */
@Command(
    name = "cka",
    modelTransformer = AnalyzeCka.Options.class,
    description = {
      "Compares how the layers of one network, or of two, represent the first test images: linear centred kernel alignment.",
      "For a run folder, options that are not given are those of the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze cka runs/first",
      "  sparrow analyze cka runs/first runs/rb --images 1000 --out analysis/first-rb --json",
      "  sparrow analyze cka runs/first runs/first --other-checkpoint last --layers layer1,layer2,layer3,layer4"
    })
final class AnalyzeCka extends AnalysisCommand implements Configured {

  @Mixin private ModelOptions model;

  @Parameters(index = "1", arity = "0..1", paramLabel = "OTHER", description = "Another run folder or ticket (default: the same network)")
  private Optional<Path> other = Optional.empty();

  @Option(
      names = "--other-checkpoint",
      paramLabel = "NAME",
      description = "Which of the other run's checkpoints (one of best-robust, best-clean, last; default: that of --checkpoint)")
  private Optional<String> otherCheckpoint = Optional.empty();

  @Option(
      names = "--layers",
      paramLabel = "NAME",
      split = ",",
      description = "Which stages, blocks or layers, comma-separated (default: the blocks, and the layers with weights outside of them)")
  private List<String> layers = List.of();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Take these images instead of the data set's (a safetensors file with images, float32 [N, 3, H, H] in [0, 1]; "
              + "default: none)")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "512",
      description = "How many of the images to represent (images, at least " + Cka.FEWEST_IMAGES + "; default: ${DEFAULT-VALUE})")
  private int count;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.TEST_DATA_GROUP.addTo(spec);
      OptionGroup.NETWORK_GROUP.addTo(spec);
      OptionGroup.ANALYSIS_RUNTIME_GROUP.addTo(spec);
      return spec;
    }
  }

  /**
   * What is stored.
   *
   * @param network where the rows come from
   * @param other where the columns come from
   * @param images number of images
   * @param rows layers of the network
   * @param columns layers of the other network
   * @param similarity one list per row, with a value in [0, 1] per column
   */
  record Result(String network, String other, int images, List<String> rows, List<String> columns, List<List<Double>> similarity) {

    void draw(Path file) throws IOException {
      String subtitle = Texts.format("linear CKA on %d images: 1 where one layer is a rotated and scaled copy of the other", images);
      new MatrixMap("How alike layers represent images", subtitle, network, rows, other, columns, similarity).write(file);
    }

    String text() {
      TextTable table = new TextTable().left("layer");
      columns.forEach(table::right);
      for (int row = 0; row < rows.size(); row++) {
        List<String> cells = new ArrayList<>(List.of(rows.get(row)));
        similarity.get(row).forEach(value -> cells.add(Texts.format("%.3f", value)));
        table.row(cells.toArray());
      }
      return Texts.format("%s%nrows %s, columns %s: linear CKA on %d images", table, network, other, images);
    }
  }

  @Override
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(model.base());
  }

  @Override
  public Integer call() throws IOException {
    if (count < Cka.FEWEST_IMAGES) {
      throw BadInput.usage("--images", "a whole number of at least " + Cka.FEWEST_IMAGES, count);
    }
    if (otherCheckpoint.isPresent() && other.isEmpty()) {
      throw BadInput.usage("--other-checkpoint", "two run folders", "one");
    }
    RunConfig config = config();
    TestImages images = TestImages.read(config, input);
    EngineChoice engine = EngineChoice.exact(config.runtime());
    Engines.useThreads(engine);
    try (ProgressDisplay display = ProgressDisplay.on(err());
        LoadedModel loaded = model.load(config, images.facts(), engine)) {
      images.requireFitting(loaded.model());
      Cka cka = compare(loaded, images, engine, (done, total) -> display.progress("representing", done, total, ""));
      display.close();
      Path source = model.source().orElseThrow();
      String network = model.label(source, Optional.empty());
      String second = model.label(other.orElse(source), otherCheckpoint);
      Result result = new Result(network, second, cka.images(), cka.rows(), cka.columns(), cka.similarity());
      finish(other.isEmpty() ? model.source() : Optional.empty(), result, result::draw, result::text);
    }
    return ExitCode.OK;
  }

  private Cka compare(LoadedModel loaded, TestImages images, EngineChoice engine, EvaluationProgress progress) throws IOException {
    int taken = Math.min(count, images.size());
    LayerViews views = new LayerViews(loaded.model(), engine.device());
    if (other.isEmpty()) {
      return Cka.within(views, layersOf(views), images.batches(), taken, progress);
    }
    try (LoadedModel second = model.loadOther(other.get(), otherCheckpoint, engine)) {
      images.requireFitting(second.model());
      LayerViews others = new LayerViews(second.model(), engine.device());
      return Cka.between(views, layersOf(views), others, layersOf(others), images.batches(), taken, progress);
    }
  }

  private List<String> layersOf(LayerViews views) {
    return layers.isEmpty() ? views.outline() : layers;
  }
}
