package dev.sparrow.cli;

import static dev.sparrow.cli.RunOption.*;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options under one heading of a command's help.
 *
 * @param heading the heading
 * @param options its rows, in the order of the help
 * @param defaults of options whose default the command changes
 */
record OptionGroup(String heading, List<RunOption> options, Map<RunOption, String> defaults) {

  /** A group with the usual defaults. */
  OptionGroup(String heading, List<RunOption> options) {
    this(heading, options, Map.of());
  }

  static final OptionGroup METHOD_GROUP = new OptionGroup("Method", List.of(METHOD));

  static final OptionGroup DATA_GROUP = new OptionGroup("Data", List.of(DATASET, DATA, LIMIT_TRAIN, LIMIT_TEST));

  static final OptionGroup TEST_DATA_GROUP = new OptionGroup("Data", List.of(DATASET, DATA, LIMIT_TEST));

  static final OptionGroup NETWORK_GROUP = new OptionGroup("Network", List.of(ARCH, WIDTH, DEPTH_FACTOR, WIDTH_FACTOR));

  static final OptionGroup SPARSITY_GROUP =
      new OptionGroup(
          "Sparsity",
          List.of(
              DENSITY,
              INIT,
              GROWTH,
              DROP_FRACTION,
              DROP_SCHEDULE,
              UPDATE_FREQUENCY,
              SECOND_UPDATE_FREQUENCY,
              DYNAMIC_FREQUENCY,
              DYNAMIC_EPOCH,
              WINDOW,
              UPDATE_THRESHOLD,
              PRUNE_RATIO,
              GROWTH_RATIO));

  static final OptionGroup SCORER_GROUP =
      new OptionGroup("Masks", List.of(SCORER, DENSITY, SCOPE, INIT, SCORE_BATCHES, SCORE_ROUNDS, ALLOW_COLLAPSE));

  static final OptionGroup PRUNE_GROUP =
      new OptionGroup(
          "First masks",
          List.of(SCORER, SCOPE, SCORE_BATCHES, SCORE_ROUNDS, ALLOW_COLLAPSE, GRADUAL_START, GRADUAL_END, TICKET));

  static final OptionGroup EARLY_BIRD_GROUP =
      new OptionGroup(
          "First stage of Robust Bird",
          List.of(
              PRUNING,
              STAGE1,
              STAGE1_EPOCHS,
              STAGE1_LR,
              STAGE1_LR_MILESTONES,
              TICKET_WINDOW,
              TICKET_THRESHOLD,
              REWIND_EPOCH,
              STAGE1_PRETRAINED));

  static final OptionGroup OPTIMIZER_GROUP =
      new OptionGroup("Optimizer", List.of(EPOCHS, BATCH_SIZE, LR, LR_SCHEDULE, LR_MILESTONES, RunOption.MOMENTUM, WEIGHT_DECAY));

  static final OptionGroup TRAIN_ATTACK_GROUP =
      new OptionGroup(
          "Adversary in training", List.of(OBJECTIVE, NORM, RANDOM_START, TRAIN_EPS, TRAIN_STEP_SIZE, TRAIN_ATTACK_STEPS, ATTACK_MODE));

  static final OptionGroup TEST_DURING_TRAINING_GROUP =
      new OptionGroup("Adversary in tests", List.of(TEST_EPS, TEST_STEP_SIZE, TEST_ATTACK_STEPS, TEST_EVERY));

  static final OptionGroup TEST_ATTACK_GROUP =
      new OptionGroup("Adversary", List.of(NORM, RANDOM_START, TEST_EPS, TEST_STEP_SIZE, TEST_ATTACK_STEPS));

  static final OptionGroup RUNTIME_GROUP = new OptionGroup("Computation", List.of(DEVICE, ENGINE, PRECISION, THREADS, CHECKPOINT_EVERY, SEED));

  /** Evaluations are in single precision, whatever the run was trained in. */
  static final OptionGroup EVALUATION_RUNTIME_GROUP =
      new OptionGroup("Computation", List.of(BATCH_SIZE, DEVICE, ENGINE, PRECISION, THREADS, SEED), Map.of(PRECISION, "fp32"));

  static final OptionGroup ANALYSIS_RUNTIME_GROUP = new OptionGroup("Computation", List.of(BATCH_SIZE, DEVICE, THREADS, SEED));

  static final OptionGroup PRUNE_RUNTIME_GROUP = new OptionGroup("Computation", List.of(BATCH_SIZE, DEVICE, PRECISION, THREADS, SEED));

  /** For commands that take a data set and nothing else of a run's configuration. */
  static final class Data implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      DATA_GROUP.addTo(spec);
      return spec;
    }
  }

  /**
   * Adds the options to a command.
   *
   * @param spec the command
   */
  void addTo(CommandSpec spec) {
    ArgGroupSpec.Builder group = ArgGroupSpec.builder().heading("%n" + heading + ":%n").validate(false).exclusive(false).multiplicity("0..1");
    options.forEach(row -> group.addArg(optionSpec(row, defaults.getOrDefault(row, RunDefaults.text(row)))));
    spec.addArgGroup(group.build());
  }

  private static OptionSpec optionSpec(RunOption row, String byDefault) {
    OptionValue value = row.value();
    OptionSpec.Builder builder =
        OptionSpec.builder(row.option()).userObject(row).description(row.description() + " (" + value.range() + "; default: " + byDefault + ")");
    if (row.isFlag()) {
      return builder.type(Boolean.class).arity("0").negatable(true).build();
    }
    return builder
        .type(String.class)
        .arity("1")
        .paramLabel(value.label())
        .completionCandidates(value.candidates())
        .converters(text -> value.read(row.option(), text))
        .build();
  }
}
