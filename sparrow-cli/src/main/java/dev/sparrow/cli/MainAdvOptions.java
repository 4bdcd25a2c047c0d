package dev.sparrow.cli;

import static dev.sparrow.cli.ReferenceOption.flag;
import static dev.sparrow.cli.ReferenceOption.ignored;
import static dev.sparrow.cli.ReferenceOption.renamed;
import static dev.sparrow.cli.ReferenceOption.unbracketed;
import static dev.sparrow.cli.ReferenceOption.value;

import dev.sparrow.BadInput;
import dev.sparrow.cli.ReferenceOption.Use;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The options of the reference's {@code main_adv.py}, with their defaults there, and what each becomes here.
 *
 * <p>Differs from the reference: its {@code --decay-schedule linear} leaves the drop fraction constant, here it is a line.
 */
final class MainAdvOptions {

  static final ReferenceOption DATASET =
      renamed("--dataset", "NAME", "cifar10", "cifar10, cifar100 or tinyimagenet", Use.BOTH, "--dataset");
  static final ReferenceOption ARCH = renamed("--arch", "NAME", "resnet18", "resnet18, wideresnet or vgg16", Use.BOTH, "--arch");
  static final ReferenceOption SAVE_DIR =
      value("--save_dir", "DIR", "below runs", "The run folder", Use.TRAINING, folder -> List.of("--save-dir", unbracketed(folder)));
  static final ReferenceOption GROWTH =
      value(
          "--growth", "NAME", "random", "random, gradient, momentum or momentum_neuron",
          Use.TRAINING, name -> List.of("--growth", name.replace('_', '-')));
  static final ReferenceOption DYNAMIC_EPOCH =
      renamed("--dynamic_epoch", "N", "100", "First epoch at which Flying Bird+ may change the density", Use.TRAINING, "--dynamic-epoch");
  static final ReferenceOption FB = flag("--fb", "Train with Flying Bird", Use.COMMAND);
  static final ReferenceOption FBP = flag("--fbp", "Train with Flying Bird+", Use.COMMAND);
  static final ReferenceOption FIX = flag("--fix", "With --fb or --fbp: random masks that never change", Use.COMMAND);
  static final ReferenceOption EVAL = flag("--eval", "Evaluate --pretrained instead of training", Use.COMMAND);
  static final ReferenceOption PRETRAINED =
      value("--pretrained", "FILE", "none", "Weights for --eval: a PyTorch checkpoint, a safetensors file or a run folder", Use.COMMAND, path -> List.of());
  static final ReferenceOption RESUME = flag("--resume", "Continue the run of --resume_dir", Use.COMMAND);
  static final ReferenceOption RESUME_DIR =
      value("--resume_dir", "DIR", "--save_dir", "The run folder to continue", Use.COMMAND, folder -> List.of());

  private static final List<ReferenceOption> RUN =
      List.of(
          value("--data", "DIR", "none", "Folder of the data set", Use.BOTH, folder -> List.of("--data", unbracketed(folder))),
          DATASET,
          ARCH,
          renamed("--seed", "N", "1", "Root of all randomness", Use.BOTH, "--seed"),
          value(
              "--gpu", "N", "0, the CPU where there is none", "Number of the GPU",
              Use.BOTH, number -> List.of("--device", "cuda:" + number)),
          ignored("--print_freq", "N", "50", "Accepted; progress is always shown"),
          SAVE_DIR,
          renamed("--decreasing_lr", "N,N", "100,150", "Epochs at which it is divided by ten", Use.TRAINING, "--lr-milestones"),
          renamed("--epochs", "N", "200", "Length of the training", Use.TRAINING, "--epochs"));

  private static final List<ReferenceOption> SPARSITY =
      List.of(
          value(
              "--sparse_init", "NAME", "igq", "igq, uniform, fixed_ERK or ER",
              Use.TRAINING, name -> List.of("--init", allocation(name))),
          GROWTH,
          ignored("--death", "NAME", "magnitude", "Accepted; weights are always dropped by magnitude"),
          ignored("--redistribution", "NAME", "none", "Accepted; does nothing in the reference either"),
          ignored("--reset", "", "not given", "Accepted; does nothing in the reference either"),
          renamed(
              "--death-rate", "F", "0.5", "Part of the active weights that an update drops at first", Use.TRAINING, "--drop-fraction"),
          renamed("--decay-schedule", "NAME", "cosine", "cosine, linear or constant", Use.TRAINING, "--drop-schedule"),
          renamed("--density", "D", "0.2", "Fraction of the weights that is active", Use.TRAINING, "--density"),
          DYNAMIC_EPOCH,
          renamed("--update_frequency", "N", "900", "Iterations between topology updates", Use.TRAINING, "--update-frequency"),
          renamed("--epoch_range", "N", "4", "Differences that Flying Bird+ looks back on", Use.TRAINING, "--window"),
          renamed("--prune_ratio", "F", "0.4", "Extra weights that it drops", Use.TRAINING, "--prune-ratio"),
          renamed("--growth_ratio", "F", "0.05", "Extra weights that it grows", Use.TRAINING, "--growth-ratio"),
          renamed("--update_threshold", "F", "0.5", "Part of the window that must show the sign", Use.TRAINING, "--update-threshold"),
          flag("--dynamic_fre", "Use the second update frequency from half of the epochs on", Use.TRAINING, "--dynamic-frequency"),
          renamed("--second_frequency", "N", "1200", "The second update frequency", Use.TRAINING, "--second-update-frequency"));

  private static final List<ReferenceOption> COMMAND = List.of(FB, FBP, FIX, EVAL, PRETRAINED, RESUME, RESUME_DIR);

  /** All of them. */
  static final List<ReferenceOption> ALL = Stream.of(RUN, ReferenceRecipe.OPTIONS, SPARSITY, COMMAND).flatMap(List::stream).toList();

  private MainAdvOptions() {}

  private static String allocation(String name) {
    Map<String, String> names = Map.of("igq", "igq", "uniform", "uniform", "fixed_ERK", "erk", "ER", "er");
    if (!names.containsKey(name)) {
      throw BadInput.usage("--sparse_init", "one of igq, uniform, fixed_ERK, ER", "'" + name + "'");
    }
    return names.get(name);
  }
}
