package dev.sparrow.cli;

import picocli.CommandLine.Command;

/** Looks at trained networks; each analysis is one JSON file and one picture. */
@Command(
    name = "analyze",
    description = {
      "Looks into trained networks, and writes what it sees as numbers and as a picture: NAME.json and NAME.png.",
      "docs/analysis.md explains each analysis."
    },
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      AnalyzeLayers.class,
      AnalyzeMasks.class,
      AnalyzeEarlyBird.class,
      AnalyzeLandscape.class,
      AnalyzeHessian.class,
      AnalyzeCorruptions.class,
      AnalyzeCurve.class,
      AnalyzeSaliency.class,
      AnalyzeCka.class
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow analyze layers runs/first", "  sparrow analyze masks runs/first runs/rb", "  sparrow analyze saliency runs/first"})
final class AnalyzeCommand extends CommandGroup {}
