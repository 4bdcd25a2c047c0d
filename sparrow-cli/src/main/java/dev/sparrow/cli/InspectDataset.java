package dev.sparrow.cli;

import dev.sparrow.config.RunConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Counts a data set. */
@Command(
    name = "dataset",
    modelTransformer = OptionGroup.Data.class,
    description = "Counts the images and classes of a data set and measures its channels.",
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow inspect dataset", "  sparrow inspect dataset --dataset cifar10 --data data/cifar10 --json"})
final class InspectDataset implements Callable<Integer> {

  @Mixin private OutputOptions output;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RunConfig config = RunOptions.of(spec.commandLine().getParseResult()).resolve(RunConfig.DEFAULT);
    DatasetStatistics.print(config.data(), output, spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
