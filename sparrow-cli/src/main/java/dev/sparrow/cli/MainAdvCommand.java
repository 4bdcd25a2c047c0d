package dev.sparrow.cli;

import picocli.CommandLine.Command;

/** Takes the reference's own command lines. */
@Command(
    name = "main_adv",
    modelTransformer = ReferenceCommand.Options.class,
    description = {
      "Takes the command lines of the reference's main_adv.py, with its defaults, and says which native command they become.",
      "Options of that native command may stand beside the reference's."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --save_dir experiment/dense",
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --save_dir experiment/fb --density 0.2 --dynamic_fre --fb",
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --fbp --width 16 --epochs 2 --print-config",
      "  sparrow main_adv --data data/cifar10 --dataset cifar10 --arch resnet18 --eval --pretrained weights.safetensors"
    })
final class MainAdvCommand extends ReferenceCommand {

  MainAdvCommand() {
    super(new MainAdvScript());
  }
}
