package dev.sparrow.cli;

import picocli.CommandLine.Command;

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
final class InspectCommand extends CommandGroup {}
