package dev.sparrow.cli;

import static dev.sparrow.cli.ReferenceOption.ignored;
import static dev.sparrow.cli.ReferenceOption.renamed;
import static dev.sparrow.cli.ReferenceOption.required;
import static dev.sparrow.cli.ReferenceOption.unbracketed;
import static dev.sparrow.cli.ReferenceOption.value;

import dev.sparrow.cli.ReferenceOption.Use;
import java.util.List;
import java.util.stream.Stream;

/** The options of the reference's {@code train_eb.py}, with their defaults there, and what each becomes here. */
final class TrainEbOptions {

  static final ReferenceOption STAGE1 =
      renamed(
          "--stage1", "NAME", "none, and it fails without; sgd here", "How the first stage trains: sgd, fast or pgd",
          Use.TRAINING, "--stage1");
  static final ReferenceOption STAGE2 =
      required("--stage2", "NAME", "How the second stage trains: sgd, fast or pgd", Use.TRAINING, name -> List.of("--stage2", name));
  static final ReferenceOption STAGE1_PRETRAINED =
      renamed(
          "--stage1_pretrained", "PATH", "none; not read by the reference", "Weights of a first stage done elsewhere",
          Use.TRAINING, "--stage1-pretrained");
  static final ReferenceOption DATA =
      required(
          "--data", "DIR", "Folder of the data set; its path says cifar10, cifar100 or tiny_imagenet",
          Use.TRAINING, folder -> List.of("--data", unbracketed(folder)));
  static final ReferenceOption SAVE_DIR =
      required("--save_dir", "DIR", "The run folder, with both stages", Use.TRAINING, folder -> List.of("--save-dir", unbracketed(folder)));
  static final ReferenceOption DECREASING_LR =
      value(
          "--decreasing_lr", "N,N", "50,150", "Epochs of either stage at which its learning rate is divided by ten",
          Use.TRAINING, epochs -> List.of("--stage1-lr-milestones", epochs, "--lr-milestones", epochs));

  private static final List<ReferenceOption> OWN =
      List.of(
          STAGE1,
          renamed("--epochs1", "N", "200", "Most epochs of the first stage", Use.TRAINING, "--stage1-epochs"),
          STAGE2,
          required("--epochs2", "N", "Epochs of the second stage", Use.TRAINING, epochs -> List.of("--epochs", epochs)),
          STAGE1_PRETRAINED,
          required(
              "--arch", "NAME", "resnet18 (pre-activation), wideresnet or vgg16_bn",
              Use.TRAINING, name -> List.of("--arch", name.equals("vgg16_bn") ? "vgg16" : name)),
          required("--pruning", "NAME", "unstructured or channel", Use.TRAINING, name -> List.of("--pruning", name)),
          required("--density", "D", "Fraction of the weights that is active", Use.TRAINING, density -> List.of("--density", density)),
          DATA,
          SAVE_DIR,
          ignored("--print_freq", "N", "100", "Accepted; progress is always shown"),
          DECREASING_LR);

  /** All of them. */
  static final List<ReferenceOption> ALL = Stream.of(OWN, ReferenceRecipe.OPTIONS).flatMap(List::stream).toList();

  private TrainEbOptions() {}
}
