package dev.sparrow.cli;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.QuotaSummary;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how a global density is divided among a network's layers. */
@Command(
    name = "quotas",
    modelTransformer = NetworkOptions.NetworkAndQuotas.class,
    description = "Shows how a global density is divided among the layers of a network.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow inspect quotas --arch resnet18 --density 0.2",
      "  sparrow inspect quotas --arch vgg16 --num-classes 100 --density 0.1 --init erk --json"
    })
final class InspectQuotas extends ResultCommand implements Configured {

  @Mixin private NetworkOptions network;

  @Override
  public RunConfig config() {
    return network.config(parsed());
  }

  @Override
  public Integer call() {
    RunConfig config = config();
    Blueprint blueprint = network.blueprint(config);
    QuotaSummary summary =
        QuotaSummary.of(blueprint, blueprint.allocation(config.sparsity().init()).allocate(blueprint.prunable(), config.sparsity().density()));
    print(summary, () -> text(summary, blueprint.prunableCount()));
    return ExitCode.OK;
  }

  private static String text(QuotaSummary summary, long prunable) {
    TextTable table = new TextTable().left("layer").right("shape").right("density").right("nonzeros");
    summary.layers().forEach(layer -> table.row(layer.name(), layer.shape(), Texts.format("%.4f", layer.density()), layer.nonzeros()));
    return Texts.format(
        "%s%n%s: density %.4f, %,d of %,d prunable weights", table, summary.arch(), summary.density(), summary.nonzeros(), prunable);
  }
}
