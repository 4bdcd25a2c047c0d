package dev.sparrow.report;

import dev.sparrow.arch.TrainingUnits;
import dev.sparrow.config.RunConfig;

/**
 * What the recipe of a run costs with every weight of the full network: what the run's own costs are relative to. A result holds it, so no
 * dense run is needed: without the first stage of a Robust Bird, and for a SmallDense that of the ResNet-18 it stands in for.
 *
 * @param training floating-point operations of the training as the paper counts
 * @param honestTraining the same without weight gradients in the attack
 * @param inference floating-point operations of classifying one image
 */
record DenseCost(double training, double honestTraining, double inference) {

  /** The cost of a run's recipe. */
  static DenseCost of(RunConfig config, ResultRecord result) {
    TrainingUnits units = TrainingUnits.of(config.objective(), config.trainAttack().steps());
    double training = result.trainingFlops().dense();
    return new DenseCost(training, training * units.honest() / units.paper(), result.inferenceFlops().dense());
  }
}
