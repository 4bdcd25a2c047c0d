package dev.sparrow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks after data sets. */
@Command(
    name = "data",
    description = "Downloads, verifies and counts data sets.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {DataDownload.class, DataVerify.class, DataStats.class},
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow data download cifar10", "  sparrow data verify --dataset cifar10 --data data/cifar10", "  sparrow data stats"})
final class DataCommand implements Runnable {

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw OneLineErrors.missingCommand(spec);
  }
}
