package dev.sparrow.cli;

import dev.sparrow.analysis.ActiveWeights;
import dev.sparrow.analysis.LayerDensities;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.TextTable;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** Shows where a network's active weights are. */
@Command(
    name = "layers",
    modelTransformer = AnalyzeLayers.Options.class,
    description = "Counts the active weights of each layer of a network, and what the layers cost.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze layers runs/first",
      "  sparrow analyze layers tickets/snip --out analysis/snip --json",
      "  sparrow analyze layers --weights weights.safetensors --arch resnet18 --out analysis"
    })
final class AnalyzeLayers extends AnalysisCommand implements Configured {

  /** For weights of elsewhere without {@code --image-size}: no images are looked at. */
  private static final int CIFAR_SIZE = 32;

  @Mixin private ModelOptions model;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.NETWORK_GROUP.addTo(spec);
      return spec;
    }
  }

  @Override
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(model.base());
  }

  @Override
  public Integer call() throws IOException {
    RunConfig config = config();
    try (LoadedModel loaded = model.load(config, ImageFacts.of(config.data().dataset(), CIFAR_SIZE), EngineChoice.exact(config.runtime()));
        MaskSet masks = ActiveWeights.of(model.folder(), loaded)) {
      LayerDensities layers = LayerDensities.of(model.source().orElseThrow().toString(), loaded.blueprint(), masks);
      finish(model.source(), layers, layers::draw, () -> text(layers));
    }
    return ExitCode.OK;
  }

  private static String text(LayerDensities densities) {
    TextTable table = new TextTable().left("layer").right("shape").right("density").right("nonzeros").right("MACs").right("of active MACs");
    for (LayerDensities.Layer layer : densities.layers()) {
      table.row(
          layer.name(),
          layer.shape(),
          Texts.format("%.4f", layer.density()),
          Texts.format("%,d", layer.nonzeros()),
          Texts.format("%,d", layer.macs()),
          Texts.percent(layer.activeMacsShare()));
    }
    return Texts.format(
        "%s%n%s: density %.4f, %,d of %,d prunable weights",
        table, densities.arch(), densities.density(), densities.nonzeros(), densities.prunable());
  }
}
