package dev.sparrow.train;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Attacks;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DataSplits;
import dev.sparrow.data.ImageSet;
import dev.sparrow.eval.AdversarialImages;
import dev.sparrow.eval.Evaluation;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Seed;
import java.util.List;

/** Clean and robust accuracy of the network in training, under the configured test attack. Changes nothing, so it may be abandoned. */
final class EpochEvaluation {

  private static final int EXAMPLES = 8;

  private final NetworkClassifier model;
  private final DeviceSpec device;
  private final Seed seed;
  private final Evaluator evaluator;
  private final List<Attack> attacks;
  private final DataSplits data;
  private final TrainingListener listener;
  private final StopSignal stop;

  EpochEvaluation(RunConfig config, Trainee trainee, DataSplits data, TrainingListener listener, StopSignal stop) {
    this.model = trainee.model();
    this.device = trainee.device();
    this.seed = config.seed();
    this.evaluator = new Evaluator(trainee.model(), trainee.device(), config.batchSize(), config.seed());
    this.attacks = List.of(Attacks.pgd(config.testAttack()));
    this.data = data;
    this.listener = listener;
    this.stop = stop;
  }

  EpochRecord.Validation validation() {
    Evaluation evaluation = evaluate("validation", data.validation());
    return new EpochRecord.Validation(evaluation.cleanAccuracy(), evaluation.robustAccuracy(), evaluation.attacks().get(0).meanLoss());
  }

  EpochRecord.Test test() {
    Evaluation evaluation = evaluate("test", data.test());
    return new EpochRecord.Test(evaluation.cleanAccuracy(), evaluation.robustAccuracy());
  }

  /** Robust accuracy on the training images as they are, without augmentation. */
  double trainingSetRobustAccuracy() {
    return evaluate("training set", data.train()).robustAccuracy();
  }

  /** The first test images under the test attack, to look at. Too quick to be stopped. */
  AdversarialExamples examples() {
    ImageSet shown = data.test().limit(EXAMPLES);
    Batches batches = Batches.evaluation(shown, EXAMPLES);
    return AdversarialImages.make(model, device, attacks.get(0), seed, batches, shown.size(), EvaluationProgress.SILENT).named(shown.classNames());
  }

  private Evaluation evaluate(String what, ImageSet images) {
    try (TensorScope scope = TensorScope.open()) {
      return evaluator.evaluate(
          images,
          attacks,
          (done, total) -> {
            stop.check();
            listener.evaluating(what, done, total);
          });
    }
  }
}
