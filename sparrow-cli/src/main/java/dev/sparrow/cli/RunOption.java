package dev.sparrow.cli;

import static dev.sparrow.cli.OptionValue.EPSILON;
import static dev.sparrow.cli.OptionValue.FLAG;
import static dev.sparrow.cli.OptionValue.longNumber;
import static dev.sparrow.cli.OptionValue.number;
import static dev.sparrow.cli.OptionValue.oneOf;
import static dev.sparrow.cli.OptionValue.text;
import static dev.sparrow.cli.OptionValue.wholeNumber;
import static dev.sparrow.cli.OptionValue.wholeNumbers;

import dev.sparrow.allocation.AllocationKind;
import dev.sparrow.config.Arch;
import dev.sparrow.config.AttackMode;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.config.Objective;
import dev.sparrow.config.PrecisionChoice;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.config.StageObjective;
import dev.sparrow.config.TicketKind;
import dev.sparrow.data.DatasetName;
import dev.sparrow.schedule.DropFractionKind;
import dev.sparrow.schedule.LearningRateKind;
import dev.sparrow.units.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/** The options that set something in a run's configuration: one row per option. */
enum RunOption {
  METHOD(
      "--method",
      "method",
      oneOf("METHOD", Method.own()).withShortNames(Map.of("fb", "flying-bird", "fbp", "flying-bird-plus")),
      "How the masks come about and move; short: fb, fbp"),

  DATASET("--dataset", "data.dataset", oneOf("NAME", DatasetName.class), "The images"),
  DATA("--data", "data.dir", text("DIR", "a folder; cifar10-sample is bundled and needs none"), "Folder of the data set"),
  LIMIT_TRAIN("--limit-train", "data.limitTrain", wholeNumber("N", "images, at least 0, 0: all"), "Use only the first N training images"),
  LIMIT_TEST("--limit-test", "data.limitTest", wholeNumber("N", "images, at least 0, 0: all"), "Use only the first N test images"),

  ARCH("--arch", "network.arch", oneOf("NAME", Arch.class), "Architecture"),
  WIDTH("--width", "network.width", wholeNumber("N", "channels, at least 1"), "Base channels; small experiments take 8 or 16"),
  DEPTH_FACTOR("--depth-factor", "network.depthFactor", wholeNumber("N", "layers, 6 n + 4, at least 10"), "Depth of a WideResNet"),
  WIDTH_FACTOR("--width-factor", "network.widthFactor", wholeNumber("N", "at least 1"), "Widening factor of a WideResNet"),

  DENSITY(
      "--density", "sparsity.density", number("D", "fraction, in (0, 1]"), "Fraction of the prunable weights that is active at the start; of gradual pruning, at the end"),
  INIT("--init", "sparsity.init", oneOf("NAME", AllocationKind.class), "How the density is divided among the layers"),
  GROWTH("--growth", "sparsity.growth", oneOf("NAME", Growth.class), "Which weights a topology update activates"),
  DROP_FRACTION(
      "--drop-fraction", "sparsity.dropFraction", number("F", "fraction, in [0, 1]"), "Part of the active weights that an update drops at first"),
  DROP_SCHEDULE("--drop-schedule", "sparsity.dropSchedule", oneOf("NAME", DropFractionKind.class), "Course of the drop fraction"),
  UPDATE_FREQUENCY(
      "--update-frequency", "sparsity.updateFrequency", wholeNumber("N", "iterations, at least 1"), "Iterations between topology updates"),
  SECOND_UPDATE_FREQUENCY(
      "--second-update-frequency",
      "sparsity.secondUpdateFrequency",
      wholeNumber("N", "iterations, at least 1"),
      "The same from half of the epochs on, with --dynamic-frequency"),
  DYNAMIC_FREQUENCY("--dynamic-frequency", "sparsity.dynamicFrequency", FLAG, "Use the second update frequency"),
  DYNAMIC_EPOCH(
      "--dynamic-epoch",
      "sparsity.dynamicEpoch",
      wholeNumber("N", "epochs, at least 0"),
      "First epoch at which Flying Bird+ may change the density"),
  WINDOW(
      "--window", "sparsity.window", wholeNumber("N", "epochs, at least 1"), "Epoch-to-epoch differences that Flying Bird+ looks back on"),
  UPDATE_THRESHOLD(
      "--update-threshold", "sparsity.updateThreshold", number("F", "fraction, in [0, 1]"), "Part of the window that must show the sign"),
  PRUNE_RATIO(
      "--prune-ratio", "sparsity.pruneRatio", number("F", "fraction of the drop, in [0, 1]"), "Extra weights that Flying Bird+ drops"),
  GROWTH_RATIO(
      "--growth-ratio", "sparsity.growthRatio", number("F", "fraction of the regrowth, in [0, 1]"), "Extra weights that Flying Bird+ grows"),

  SCORER("--scorer", "prune.scorer", oneOf("NAME", ScorerKind.class), "What ranks the weights that are active at first"),
  SCOPE("--scope", "prune.scope", oneOf("NAME", PruneScope.class), "Among which weights they are ranked"),
  SCORE_BATCHES(
      "--score-batches", "prune.batches", wholeNumber("N", "batches, at least 1"), "Training batches that the scores are summed over"),
  SCORE_ROUNDS("--score-rounds", "prune.rounds", wholeNumber("N", "rounds, at least 1"), "Rounds of scoring and pruning; 1 is one-shot"),
  ALLOW_COLLAPSE("--allow-collapse", "prune.allowCollapse", FLAG, "Whether a layer may be left without any active weight"),
  GRADUAL_START(
      "--gradual-start", "prune.gradualStart", number("F", "fraction of the training, in [0, 1)"), "When gradual pruning starts"),
  GRADUAL_END(
      "--gradual-end",
      "prune.gradualEnd",
      number("F", "fraction of the training, above the start, at most 1"),
      "When gradual pruning has reached the density"),
  TICKET("--ticket", "prune.ticket", text("DIR", "a ticket's folder"), "Start from the masks and weights of a ticket"),

  PRUNING("--pruning", "earlyBird.pruning", oneOf("NAME", TicketKind.class), "What the ticket is made of"),
  STAGE1("--stage1", "earlyBird.objective", oneOf("NAME", StageObjective.class), "How the first stage trains"),
  STAGE1_EPOCHS("--stage1-epochs", "earlyBird.epochs", wholeNumber("N", "epochs, at least 1"), "Most epochs of the first stage"),
  STAGE1_LR("--stage1-lr", "earlyBird.lr", number("LR", "above 0"), "Initial learning rate of the first stage, peak of fast"),
  STAGE1_LR_MILESTONES(
      "--stage1-lr-milestones",
      "earlyBird.lrMilestones",
      wholeNumbers("N,N", "epochs, ascending"),
      "Epochs of the first stage at which multistep divides its learning rate by ten"),
  TICKET_WINDOW("--ticket-window", "earlyBird.window", wholeNumber("N", "masks, at least 2"), "Masks that are compared, one per epoch"),
  TICKET_THRESHOLD(
      "--ticket-threshold", "earlyBird.threshold", number("F", "fraction, in [0, 1]"), "Largest distance of masks that have settled"),
  REWIND_EPOCH(
      "--rewind-epoch",
      "earlyBird.rewindEpoch",
      wholeNumber("N", "epochs, at least 0, 0: the initialisation"),
      "Take the weights after that epoch of the first stage instead of its last"),
  STAGE1_PRETRAINED(
      "--stage1-pretrained",
      "earlyBird.pretrained",
      text("PATH", "a run folder or a file of weights"),
      "Draw the ticket from these weights instead of training the first stage"),

  EPOCHS("--epochs", "epochs", wholeNumber("N", "epochs, at least 1"), "Length of the training"),
  BATCH_SIZE("--batch-size", "batchSize", wholeNumber("N", "images, at least 1"), "Images per iteration"),
  LR("--lr", "optimizer.lr", number("LR", "above 0"), "Initial learning rate of multistep and cosine, peak of cyclic"),
  LR_SCHEDULE("--lr-schedule", "optimizer.lrSchedule", oneOf("NAME", LearningRateKind.class), "Course of the learning rate"),
  LR_MILESTONES(
      "--lr-milestones", "optimizer.lrMilestones", wholeNumbers("N,N", "epochs, ascending"), "Epochs at which multistep divides it by ten"),
  MOMENTUM("--momentum", "optimizer.momentum", number("F", "in [0, 1)"), "Momentum of SGD"),
  WEIGHT_DECAY("--weight-decay", "optimizer.weightDecay", number("F", "at least 0"), "Weight decay of SGD"),

  OBJECTIVE("--objective", "objective", oneOf("NAME", Objective.class), "What is minimised: the loss of clean, single-step or PGD images"),
  NORM("--norm", List.of("trainAttack.norm", "testAttack.norm"), oneOf("NORM", Norm.class), "Norm that bounds a perturbation"),
  RANDOM_START(
      "--random-start",
      List.of("trainAttack.randomStart", "testAttack.randomStart"),
      FLAG,
      "Whether attacks start at a random point of the ball"),
  TRAIN_EPS("--train-eps", "trainAttack.eps", EPSILON, "Radius of the training attack"),
  TRAIN_STEP_SIZE("--train-step-size", "trainAttack.stepSize", EPSILON, "Length of one of its steps"),
  TRAIN_ATTACK_STEPS("--train-attack-steps", "trainAttack.steps", wholeNumber("N", "steps, at least 1"), "Number of its steps"),
  ATTACK_MODE("--attack-mode", "attackMode", oneOf("MODE", AttackMode.class), "Mode of the network during the training attack"),

  TEST_EPS("--test-eps", "testAttack.eps", EPSILON, "Radius of the test attack"),
  TEST_STEP_SIZE("--test-step-size", "testAttack.stepSize", EPSILON, "Length of one of its steps"),
  TEST_ATTACK_STEPS("--test-attack-steps", "testAttack.steps", wholeNumber("N", "steps, at least 1"), "Number of its steps"),
  TEST_EVERY("--test-every", "testEvery", wholeNumber("N", "epochs, at least 1"), "Epochs between evaluations on the test set"),

  DEVICE("--device", "runtime.device", text("DEVICE", "cpu, cuda, cuda:N or auto", "cpu", "cuda", "auto"), "Where to compute"),
  ENGINE("--engine", "runtime.engine", oneOf("NAME", EngineKind.class), "What computes the network"),
  PRECISION("--precision", "runtime.precision", oneOf("NAME", PrecisionChoice.class), "Arithmetic of convolutions and products"),
  THREADS("--threads", "runtime.threads", wholeNumber("N", "threads, at least 0, 0: one per processor"), "Threads of the computation"),
  CHECKPOINT_EVERY(
      "--checkpoint-every",
      "runtime.checkpointEvery",
      wholeNumber("N", "iterations, at least 0, 0: at epoch ends only"),
      "Iterations between checkpoints"),
  SEED("--seed", "seed", longNumber("N"), "Root of all randomness");

  private final String option;
  private final List<String> keys;
  private final OptionValue value;
  private final String description;

  RunOption(String option, String key, OptionValue value, String description) {
    this(option, List.of(key), value, description);
  }

  RunOption(String option, List<String> keys, OptionValue value, String description) {
    this.option = option;
    this.keys = keys;
    this.value = value;
    this.description = description;
  }

  /** The name on the command line, for example {@code --density}. */
  String option() {
    return option;
  }

  /** The configuration keys that the option sets, for example {@code sparsity.density}. */
  List<String> keys() {
    return keys;
  }

  /** How its text is read. */
  OptionValue value() {
    return value;
  }

  /** What it is for, without range and default. */
  String description() {
    return description;
  }

  /** Whether it is a switch, with a {@code --no-} form. */
  boolean isFlag() {
    return value == FLAG;
  }

  /** The row of an option's name. */
  static Optional<RunOption> named(String option) {
    return Arrays.stream(values()).filter(row -> row.option.equals(option)).findFirst();
  }

  /** The row that an option of a command is made of; empty for an option of the command's own. */
  static Optional<RunOption> of(ArgSpec arg) {
    return arg.userObject() instanceof RunOption row ? Optional.of(row) : Optional.empty();
  }

  /** The keys of an option's name without its dashes, such as {@code density}; of anything else, the name itself. */
  static List<String> keysOf(String name) {
    return named("--" + name).map(RunOption::keys).orElse(List.of(name));
  }

  /** The row that sets a configuration key. */
  static Optional<RunOption> ofKey(String key) {
    return Arrays.stream(values()).filter(row -> row.keys.contains(key)).findFirst();
  }
}
