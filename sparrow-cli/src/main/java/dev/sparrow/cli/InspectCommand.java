package dev.sparrow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks into networks, densities, checkpoints and data sets. */
@Command(
    name = "inspect",
    description = "Shows what a network, an allocation of a density, a checkpoint or a data set consists of.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {InspectArch.class, InspectQuotas.class, InspectFlops.class, InspectCheckpoint.class, InspectDataset.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow inspect arch --arch resnet18",
      "  sparrow inspect quotas --arch resnet18 --density 0.2",
      "  sparrow inspect checkpoint runs/first"
    })
final class InspectCommand implements Runnable {

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw OneLineErrors.missingCommand(spec);
  }
}
