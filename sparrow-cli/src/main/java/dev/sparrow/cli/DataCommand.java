package dev.sparrow.cli;

import picocli.CommandLine.Command;

/** Looks after data sets. */
@Command(
    name = "data",
    description = "Downloads, verifies and counts data sets.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {DataDownload.class, DataVerify.class, DataStats.class},
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow data download cifar10", "  sparrow data verify --dataset cifar10 --data data/cifar10", "  sparrow data stats"})
final class DataCommand extends CommandGroup {}
