package dev.sparrow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Trains a network. */
@Command(
    name = "train",
    modelTransformer = TrainCommand.Options.class,
    description = "Trains a network, adversarially or not, dense or sparse from the start, into a run folder.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow train --method flying-bird-plus --width 16 --epochs 4 --save-dir runs/first",
      "  sparrow train --resume --save-dir runs/first",
      "  sparrow train --method fb --dataset cifar10 --data data/cifar10 --density 0.2 --dynamic-frequency --growth random",
      "  sparrow train --method dense --objective standard --epochs 2 --limit-train 500 --seed 7 --json",
      "  sparrow train --config runs/first/config.json --set sparsity.density=0.1 --print-config"
    })
final class TrainCommand extends TrainingCommand {

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.METHOD_GROUP.addTo(spec);
      addOptions(spec);
      return spec;
    }
  }

  @Override
  RunOptions options() {
    return RunOptions.of(parsed());
  }
}
