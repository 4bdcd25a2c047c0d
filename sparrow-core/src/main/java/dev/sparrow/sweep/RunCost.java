package dev.sparrow.sweep;

import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.TrainingUnits;
import dev.sparrow.config.EarlyBirdConfig;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import java.util.Optional;

/**
 * The work of a training in multiply-accumulates of dense forward passes: masked weights are multiplied too, so density saves no time. A
 * product with a Jacobian counts as a forward pass, as in {@link TrainingUnits}.
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

  /** The training of a configuration, of Robust Bird the second stage. */
  static RunCost of(RunConfig config, ImageCounts images) {
    TrainingUnits step = TrainingUnits.of(config.objective(), config.trainAttack().steps());
    return of(config, images, config.epochs(), config.testEvery(), step, config.testAttack().steps());
  }

  /** The first stage of Robust Bird up to its most epochs, evaluated by FGSM and tested once. */
  static Optional<RunCost> ofSearch(RunConfig config, ImageCounts images) {
    EarlyBirdConfig bird = config.earlyBird();
    if (config.method() != Method.ROBUST_BIRD || bird.pretrained().isPresent()) {
      return Optional.empty();
    }
    TrainingUnits step = TrainingUnits.of(bird.objective().objective(), config.trainAttack().steps());
    return Optional.of(of(config, images, bird.epochs(), bird.epochs(), step, 1));
  }

  private static RunCost of(RunConfig config, ImageCounts images, int epochs, int testEvery, TrainingUnits step, int testSteps) {
    double macs =
        InferenceCost.of(
                Blueprints.create(config.network(), images.numClasses(), images.imageSize(), config.sparsity().density()))
            .macs();
    // the clean images, then forward and input product of every attack step, then the adversarial images
    double evaluation = macs * (2 + 2 * testSteps);
    return new RunCost(
        epochs,
        testEvery,
        macs * step.honest() * images.train(),
        evaluation * images.validation(),
        evaluation * images.test(),
        evaluation * images.train());
  }

  /** The whole training. */
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
