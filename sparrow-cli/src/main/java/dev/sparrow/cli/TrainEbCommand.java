package dev.sparrow.cli;

import picocli.CommandLine.Command;

/** Takes the command lines of the reference's Robust Bird. */
@Command(
    name = "train_eb",
    modelTransformer = ReferenceCommand.Options.class,
    description = {
      "Takes the command lines of the reference's train_eb.py, with its defaults, and says which native command they become.",
      "Options of that native command may stand beside the reference's."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow train_eb --stage1 sgd --epochs1 200 --stage2 pgd --epochs2 200 --arch resnet18 --data data/cifar10 --pruning unstructured"
          + " --density 0.2 --save_dir experiment/rb",
      "  sparrow train_eb --stage2 pgd --epochs2 2 --arch resnet18 --data data --dataset cifar100 --pruning channel --density 0.5"
          + " --save_dir experiment/small --width 16 --print-config"
    })
final class TrainEbCommand extends ReferenceCommand {

  TrainEbCommand() {
    super(new TrainEbScript());
  }
}
