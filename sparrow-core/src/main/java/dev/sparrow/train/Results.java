package dev.sparrow.train;

import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.TrainingFlops;
import dev.sparrow.arch.TrainingUnits;
import dev.sparrow.checkpoint.Progress;
import dev.sparrow.config.RunConfig;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.units.Density;
import dev.sparrow.units.Versions;
import java.util.List;

/** The result of a finished run from its history. */
final class Results {

  private Results() {}

  static ResultRecord of(
      RunConfig config, Trainee trainee, int trainImages, Progress progress, List<EpochRecord> history, double trainRobustAccuracy) {
    EpochRecord best = History.bestRobust(history);
    EpochRecord.Test bestTest = best.test().orElseThrow();
    EpochRecord.Test finalTest = history.get(history.size() - 1).test().orElseThrow();
    InferenceCost cost = InferenceCost.of(trainee.blueprint());
    MaskSet masks = trainee.sparsity().masks();
    double activeMacs = cost.activeMacs(masks.densities());
    TrainingUnits units = TrainingUnits.of(config.objective(), config.trainAttack().steps());
    long imagesTrainedOn = (long) trainImages * config.epochs();
    return new ResultRecord(
        config.method(),
        config.network().arch(),
        config.data().dataset(),
        masks.isEmpty() ? Density.DENSE : config.sparsity().density(),
        config.seed(),
        config.epochs(),
        new ResultRecord.Best(best.epoch(), bestTest.clean(), bestTest.robust()),
        new ResultRecord.Accuracies(finalTest.clean(), finalTest.robust()),
        java.util.Optional.of(trainRobustAccuracy),
        TrainingFlops.of(units, imagesTrainedOn, cost.macs(), activeMacs, progress.macSum()),
        new ResultRecord.InferenceFlops((double) cost.macs() * InferenceCost.FLOPS_PER_MAC, activeMacs * InferenceCost.FLOPS_PER_MAC),
        masks.isEmpty() ? 1 : masks.density(),
        history.stream().mapToDouble(EpochRecord::seconds).average().orElseThrow(),
        Versions.current());
  }
}
