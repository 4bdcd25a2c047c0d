package dev.sparrow.cli;

import dev.sparrow.BadInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The options of the reference's {@code main_adv.py}, with their defaults there, and what each becomes here.
 *
 * <p>Differs from the reference: its {@code --decay-schedule linear} leaves the drop fraction constant, here it is a line.
 */
enum ReferenceOption {
  DATA("--data", "DIR", "none", "Folder of the data set", Use.BOTH, value -> List.of("--data", unbracketed(value))),
  DATASET("--dataset", "NAME", "cifar10", "cifar10, cifar100 or tinyimagenet", Use.BOTH, value -> List.of("--dataset", value)),
  ARCH("--arch", "NAME", "resnet18", "resnet18, wideresnet or vgg16", Use.BOTH, value -> List.of("--arch", value)),
  DEPTH_FACTOR("--depth_factor", "N", "34", "Depth of a WideResNet", Use.BOTH, value -> List.of("--depth-factor", value)),
  WIDTH_FACTOR("--width_factor", "N", "10", "Widening factor of a WideResNet", Use.BOTH, value -> List.of("--width-factor", value)),
  SEED("--seed", "N", "1", "Root of all randomness", Use.BOTH, value -> List.of("--seed", value)),
  GPU("--gpu", "N", "0, the CPU where there is none", "Number of the GPU", Use.BOTH, value -> List.of("--device", "cuda:" + value)),
  PRINT_FREQ("--print_freq", "N", "50", "Accepted; progress is always shown", Use.NOTHING, value -> List.of()),
  SAVE_DIR("--save_dir", "DIR", "below runs", "The run folder", Use.TRAINING, value -> List.of("--save-dir", unbracketed(value))),
  BATCH_SIZE("--batch_size", "N", "128", "Images per iteration", Use.BOTH, value -> List.of("--batch-size", value)),
  LR("--lr", "LR", "0.1", "Initial learning rate", Use.TRAINING, value -> List.of("--lr", value)),
  DECREASING_LR(
      "--decreasing_lr", "N,N", "100,150", "Epochs at which it is divided by ten",
      Use.TRAINING, value -> List.of("--lr-milestones", value)),
  MOMENTUM("--momentum", "F", "0.9", "Momentum of SGD", Use.TRAINING, value -> List.of("--momentum", value)),
  WEIGHT_DECAY("--weight_decay", "F", "0.0005", "Weight decay of SGD", Use.TRAINING, value -> List.of("--weight-decay", value)),
  EPOCHS("--epochs", "N", "200", "Length of the training", Use.TRAINING, value -> List.of("--epochs", value)),

  NORM("--norm", "NORM", "linf", "linf or l2", Use.BOTH, value -> List.of("--norm", value)),
  TRAIN_EPS("--train_eps", "N", "8", "Radius of the training attack, of 255", Use.TRAINING, value -> List.of("--train-eps", pixels(value))),
  TRAIN_STEP("--train_step", "N", "10", "Number of its steps", Use.TRAINING, value -> List.of("--train-attack-steps", value)),
  TRAIN_GAMMA("--train_gamma", "N", "2", "Length of its steps, of 255", Use.TRAINING, value -> List.of("--train-step-size", pixels(value))),
  TRAIN_RANDINIT(
      "--train_randinit", "", "not given", "Turns its random start off",
      Use.TRAINING, value -> List.of("--set", "trainAttack.randomStart=false")),
  TEST_EPS("--test_eps", "N", "8", "Radius of the test attack, of 255", Use.BOTH, value -> List.of("--test-eps", pixels(value))),
  TEST_STEP("--test_step", "N", "20", "Number of its steps", Use.BOTH, value -> List.of("--test-attack-steps", value)),
  TEST_GAMMA("--test_gamma", "N", "2", "Length of its steps, of 255", Use.BOTH, value -> List.of("--test-step-size", pixels(value))),
  TEST_RANDINIT(
      "--test_randinit", "", "not given", "Turns its random start off",
      Use.BOTH, value -> List.of("--set", "testAttack.randomStart=false")),

  SPARSE_INIT("--sparse_init", "NAME", "igq", "igq, uniform, fixed_ERK or ER", Use.TRAINING, value -> List.of("--init", allocation(value))),
  GROWTH(
      "--growth", "NAME", "random", "random, gradient, momentum or momentum_neuron",
      Use.TRAINING, value -> List.of("--growth", value.replace('_', '-'))),
  DEATH("--death", "NAME", "magnitude", "Accepted; weights are always dropped by magnitude", Use.NOTHING, value -> List.of()),
  REDISTRIBUTION("--redistribution", "NAME", "none", "Accepted; does nothing in the reference either", Use.NOTHING, value -> List.of()),
  RESET("--reset", "", "not given", "Accepted; does nothing in the reference either", Use.NOTHING, value -> List.of()),
  DEATH_RATE(
      "--death-rate", "F", "0.5", "Part of the active weights that an update drops at first",
      Use.TRAINING, value -> List.of("--drop-fraction", value)),
  DECAY_SCHEDULE(
      "--decay-schedule", "NAME", "cosine", "cosine, linear or constant", Use.TRAINING, value -> List.of("--drop-schedule", value)),
  DENSITY("--density", "D", "0.2", "Fraction of the weights that is active", Use.TRAINING, value -> List.of("--density", value)),
  DYNAMIC_EPOCH(
      "--dynamic_epoch", "N", "100", "First epoch at which Flying Bird+ may change the density",
      Use.TRAINING, value -> List.of("--dynamic-epoch", value)),
  UPDATE_FREQUENCY(
      "--update_frequency", "N", "900", "Iterations between topology updates", Use.TRAINING, value -> List.of("--update-frequency", value)),
  EPOCH_RANGE("--epoch_range", "N", "4", "Differences that Flying Bird+ looks back on", Use.TRAINING, value -> List.of("--window", value)),
  PRUNE_RATIO("--prune_ratio", "F", "0.4", "Extra weights that it drops", Use.TRAINING, value -> List.of("--prune-ratio", value)),
  GROWTH_RATIO("--growth_ratio", "F", "0.05", "Extra weights that it grows", Use.TRAINING, value -> List.of("--growth-ratio", value)),
  UPDATE_THRESHOLD(
      "--update_threshold", "F", "0.5", "Part of the window that must show the sign",
      Use.TRAINING, value -> List.of("--update-threshold", value)),
  DYNAMIC_FRE(
      "--dynamic_fre", "", "not given", "Use the second update frequency from half of the epochs on",
      Use.TRAINING, value -> List.of("--dynamic-frequency")),
  SECOND_FREQUENCY(
      "--second_frequency", "N", "1200", "The second update frequency", Use.TRAINING, value -> List.of("--second-update-frequency", value)),

  FB("--fb", "", "not given", "Train with Flying Bird", Use.COMMAND, value -> List.of()),
  FBP("--fbp", "", "not given", "Train with Flying Bird+", Use.COMMAND, value -> List.of()),
  FIX("--fix", "", "not given", "With --fb or --fbp: random masks that never change", Use.COMMAND, value -> List.of()),
  EVAL("--eval", "", "not given", "Evaluate --pretrained instead of training", Use.COMMAND, value -> List.of()),
  PRETRAINED("--pretrained", "FILE", "none", "Weights for --eval: a safetensors file or a run folder", Use.COMMAND, value -> List.of()),
  RESUME("--resume", "", "not given", "Continue the run of --resume_dir", Use.COMMAND, value -> List.of()),
  RESUME_DIR("--resume_dir", "DIR", "--save_dir", "The run folder to continue", Use.COMMAND, value -> List.of());

  /** What an option is good for. */
  enum Use {
    /** Handed on to {@code train}. */
    TRAINING,
    /** Handed on to {@code train} and {@code evaluate}. */
    BOTH,
    /** Decides, with others, which command it becomes. */
    COMMAND,
    /** Accepted and without effect. */
    NOTHING
  }

  private final String option;
  private final String label;
  private final String defaultText;
  private final String description;
  private final Use use;
  private final Function<String, List<String>> translation;

  ReferenceOption(String option, String label, String defaultText, String description, Use use, Function<String, List<String>> translation) {
    this.option = option;
    this.label = label;
    this.defaultText = defaultText;
    this.description = description;
    this.use = use;
    this.translation = translation;
  }

  /** All spellings: the reference's own and, where that has hyphens, the one with underscores. */
  String[] names() {
    String other = "--" + option.substring(2).replace('-', '_');
    return Stream.of(option, other).distinct().toArray(String[]::new);
  }

  /** Placeholder of its value; empty for a switch. */
  String label() {
    return label;
  }

  /** Help text with the reference's default. */
  String help() {
    return description + " (default: " + defaultText + ")";
  }

  /** What it is good for. */
  Use use() {
    return use;
  }

  /** The words of the native command line that a value becomes. */
  List<String> words(String value) {
    return translation.apply(value);
  }

  /** What to say about a value that changes nothing here. */
  Optional<String> note(String value) {
    boolean changed = use == Use.NOTHING && !value.equals(defaultText);
    return changed ? Optional.of(option + " " + value + ": a" + description.substring(1)) : Optional.empty();
  }

  /** The reference's README marks what the reader fills in by brackets, as in {@code [data/cifar10]}. */
  static String unbracketed(String value) {
    return value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
  }

  private static String pixels(String levels) {
    return levels + "/255";
  }

  private static String allocation(String name) {
    Map<String, String> names = Map.of("igq", "igq", "uniform", "uniform", "fixed_ERK", "erk", "ER", "er");
    if (!names.containsKey(name)) {
      throw BadInput.usage("--sparse_init", "one of igq, uniform, fixed_ERK, ER", "'" + name + "'");
    }
    return names.get(name);
  }
}
