package dev.sparrow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures speed. */
@Command(
    name = "bench",
    description = "Measures how fast this machine trains.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {BenchStep.class},
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow bench step --arch resnet18 --width 64 --batch 32 --attack-steps 10 --repetitions 5"})
final class BenchCommand implements Runnable {

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw OneLineErrors.missingCommand(spec);
  }
}
