package dev.sparrow.cli;

import picocli.CommandLine.Command;

/** Counts a data set. */
@Command(
    name = "dataset",
    modelTransformer = OptionGroup.Data.class,
    description = "Counts the images and classes of a data set and measures its channels.",
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow inspect dataset", "  sparrow inspect dataset --dataset cifar10 --data data/cifar10 --json"})
final class InspectDataset extends DatasetStatistics {}
