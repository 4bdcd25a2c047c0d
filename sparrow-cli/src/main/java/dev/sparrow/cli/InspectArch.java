package dev.sparrow.cli;

import dev.sparrow.arch.BlueprintSummary;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists a network's parameters. */
@Command(
    name = "arch",
    modelTransformer = NetworkOptions.Network.class,
    description = "Lists the parameters of a network, named as in the reference's state_dict.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow inspect arch --arch resnet18 --width 16",
      "  sparrow inspect arch --arch wideresnet --depth-factor 28 --num-classes 100 --json"
    })
final class InspectArch extends ResultCommand implements Configured {

  @Mixin private NetworkOptions network;

  @Override
  public RunConfig config() {
    return network.config(parsed());
  }

  @Override
  public Integer call() {
    BlueprintSummary summary = BlueprintSummary.of(network.blueprint(config()));
    print(summary, () -> text(summary));
    return ExitCode.OK;
  }

  private static String text(BlueprintSummary summary) {
    TextTable table = new TextTable().left("parameter").right("shape").right("values");
    summary.layers().forEach(layer -> table.row(layer.name(), layer.shape(), layer.shape().size()));
    return Texts.format("%s%n%s: %,d parameters, %,d of them prunable", table, summary.arch(), summary.parameters(), summary.prunable());
  }
}
