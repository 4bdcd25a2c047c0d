package dev.sparrow.sweep;

import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.TrainingUnits;
import dev.sparrow.config.RunConfig;

/**
 * The work of a run in multiply-accumulates of dense forward passes: masked weights are multiplied too, so density saves no time. A product
 * with a Jacobian counts as a forward pass, as in {@link TrainingUnits}.
 *
 * <p>Not counted: the scores of the first masks, and tests of best epochs that are not due.
 *
 * @param epochs number of epochs
 * @param testEvery epochs between tests
 * @param training the steps of an epoch
 * @param validation the evaluation after it
 * @param test a test
 * @param last the evaluation on the training images at the end
 */
record RunCost(int epochs, int testEvery, double training, double validation, double test, double last) {

  static RunCost of(RunConfig config, ImageCounts images) {
    double macs =
        InferenceCost.of(
                Blueprints.create(config.network(), images.numClasses(), images.imageSize(), config.sparsity().density()))
            .macs();
    double step = macs * TrainingUnits.of(config.objective(), config.trainAttack().steps()).honest();
    // the clean images, then forward and input product of every attack step, then the adversarial images
    double evaluation = macs * (2 + 2 * config.testAttack().steps());
    return new RunCost(
        config.epochs(),
        config.testEvery(),
        step * images.train(),
        evaluation * images.validation(),
        evaluation * images.test(),
        evaluation * images.train());
  }

  /** The whole run. */
  double total() {
    return afterEpochs(epochs) + last;
  }

  /** A number of whole epochs with their evaluations. */
  double afterEpochs(int done) {
    boolean lastIsExtra = done == epochs && epochs % testEvery != 0;
    int tests = done / testEvery + (lastIsExtra ? 1 : 0);
    return done * (training + validation) + tests * test;
  }

  /** All steps, which is what a stored result knows the seconds of. */
  double allTraining() {
    return epochs * training;
  }
}
