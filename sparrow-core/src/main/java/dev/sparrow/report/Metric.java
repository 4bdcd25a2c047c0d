package dev.sparrow.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A quantity that runs are compared by: the columns of the paper's Table 1, and what the training cost. */
enum Metric {
  /** Test robust accuracy at the epoch of the best validation robust accuracy. */
  ROBUST_BEST("robustBest", "robust best", Unit.PERCENT, Preference.HIGH, result(run -> run.best().robustAccuracy())),
  /** Test robust accuracy after the last epoch. */
  ROBUST_FINAL("robustFinal", "robust final", Unit.PERCENT, Preference.HIGH, result(run -> run.last().robustAccuracy())),
  /** The first minus the second: robust overfitting. */
  ROBUST_GAP("robustGap", "robust diff.", Unit.PERCENT, Preference.NONE, result(ResultRecord::robustGap)),
  /** Test clean accuracy at the epoch of the best validation robust accuracy. */
  CLEAN_BEST("cleanBest", "clean best", Unit.PERCENT, Preference.HIGH, result(run -> run.best().cleanAccuracy())),
  /** Test clean accuracy after the last epoch. */
  CLEAN_FINAL("cleanFinal", "clean final", Unit.PERCENT, Preference.HIGH, result(run -> run.last().cleanAccuracy())),
  /** The first minus the second. */
  CLEAN_GAP("cleanGap", "clean diff.", Unit.PERCENT, Preference.NONE, result(ResultRecord::cleanGap)),
  /** Robust accuracy of the final network on training images minus that on test images. */
  GENERALIZATION_GAP(
      "robustGeneralizationGap", "gen. gap", Unit.PERCENT, Preference.NONE, run -> run.result().robustGeneralizationGap()),

  /** Training as if the network were dense. */
  TRAINING_DENSE("trainingFlopsDense", "dense FLOPs", Unit.FLOPS, Preference.NONE, result(run -> run.trainingFlops().dense())),
  /** Training as the paper counts. */
  TRAINING_PAPER("trainingFlopsPaper", "paper's FLOPs", Unit.FLOPS, Preference.NONE, result(run -> run.trainingFlops().paper())),
  /** The same, relative to dense training. */
  TRAINING_PAPER_RELATIVE(
      "trainingFlopsPaperRelative",
      "rel. %",
      Unit.PERCENT,
      Preference.NONE,
      ratio(run -> run.trainingFlops().paper(), DenseCost::training)),
  /** Training without weight gradients in the attack, with the density over time. */
  TRAINING_HONEST("trainingFlopsHonest", "honest FLOPs", Unit.FLOPS, Preference.NONE, result(run -> run.trainingFlops().honest())),
  /** The same, relative to dense training counted alike. */
  TRAINING_HONEST_RELATIVE(
      "trainingFlopsHonestRelative",
      "rel. %",
      Unit.PERCENT,
      Preference.NONE,
      ratio(run -> run.trainingFlops().honest(), DenseCost::honestTraining)),
  /** Classifying an image with the active weights, relative to the dense network. */
  INFERENCE_RELATIVE(
      "inferenceFlopsRelative",
      "inference %",
      Unit.PERCENT,
      Preference.NONE,
      ratio(run -> run.inferenceFlops().sparse(), DenseCost::inference)),
  /** Active fraction of the prunable weights of the final network. */
  DENSITY("nonzeroFraction", "density %", Unit.PERCENT, Preference.NONE, result(ResultRecord::nonzeroFraction)),
  /** Epochs of Robust Bird's first stage. */
  TICKET_EPOCHS("ticketEpochs", "ticket epochs", Unit.DECIMAL, Preference.NONE, stageOne(stage -> (double) stage.epochs())),
  /** Whether the mask had settled by then. */
  TICKET_EMERGED("ticketEmerged", "emerged", Unit.SHARE, Preference.NONE, stageOne(stage -> stage.emerged() ? 1.0 : 0.0)),
  /** Mean wall-clock time of the training steps of an epoch. */
  SECONDS("secondsPerEpoch", "s/epoch", Unit.DECIMAL, Preference.NONE, result(ResultRecord::secondsPerEpoch));

  /** How good the networks are. */
  static final List<Metric> ACCURACIES = List.copyOf(EnumSet.range(ROBUST_BEST, GENERALIZATION_GAP));

  /** What they cost. */
  static final List<Metric> COSTS = List.copyOf(EnumSet.range(TRAINING_DENSE, SECONDS));

  private final String key;
  private final String title;
  private final Unit unit;
  private final Preference preference;
  private final Function<FinishedRun, Optional<Double>> value;

  Metric(String key, String title, Unit unit, Preference preference, Function<FinishedRun, Optional<Double>> value) {
    this.key = key;
    this.title = title;
    this.unit = unit;
    this.preference = preference;
    this.value = value;
  }

  /** Whether the larger of two means is the better one. A small gap is no merit by itself: it may come from a poor best epoch. */
  enum Preference {
    HIGH,
    NONE
  }

  /** The name in JSON and CSV. */
  String key() {
    return key;
  }

  /** The heading for people. */
  String title() {
    return title;
  }

  Unit unit() {
    return unit;
  }

  Preference preference() {
    return preference;
  }

  /** What a run measured, if it did. */
  Optional<Double> of(FinishedRun run) {
    return value.apply(run);
  }

  private static Function<FinishedRun, Optional<Double>> result(Function<ResultRecord, Double> value) {
    return run -> Optional.of(value.apply(run.result()));
  }

  private static Function<FinishedRun, Optional<Double>> stageOne(Function<ResultRecord.StageOne, Double> value) {
    return run -> run.result().stageOne().map(value);
  }

  private static Function<FinishedRun, Optional<Double>> ratio(
      Function<ResultRecord, Double> cost, Function<DenseCost, Double> denseCost) {
    return run -> Optional.of(cost.apply(run.result()) / denseCost.apply(DenseCost.of(run.config(), run.result())));
  }
}
