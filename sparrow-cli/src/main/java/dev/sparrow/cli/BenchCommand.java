package dev.sparrow.cli;

import picocli.CommandLine.Command;

/** Measures speed. */
@Command(
    name = "bench",
    description = "Measures how fast this machine trains and classifies.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {BenchStep.class, BenchInference.class, BenchCompact.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow bench step --arch resnet18 --width 64 --batch 32 --attack-steps 10 --repetitions 5",
      "  sparrow bench inference --density 0.1 --init uniform --batch 32",
      "  sparrow bench compact --arch resnet18 --width 64 --density 0.5 --precision fp32"
    })
final class BenchCommand extends CommandGroup {}
