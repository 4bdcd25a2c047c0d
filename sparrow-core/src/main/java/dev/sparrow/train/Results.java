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
import java.util.Optional;

/**
 * The result of a finished run.
 *
 * @param config what was run
 * @param trainee the final network
 * @param trainImages training images
 * @param progress what was counted
 * @param history the epochs that were trained
 */
record Results(RunConfig config, Trainee trainee, int trainImages, Progress progress, List<EpochRecord> history) {

  /**
   * Puts it together.
   *
   * @param last test accuracies of the final network
   * @param trainRobustAccuracy empty when it was not measured
   * @param stageOne the first stage, where the run had one
   */
  ResultRecord of(EpochRecord.Test last, Optional<Double> trainRobustAccuracy, Optional<ResultRecord.StageOne> stageOne) {
    EpochRecord best = History.bestRobust(history);
    EpochRecord.Test bestTest = best.test().orElseThrow();
    InferenceCost cost = InferenceCost.of(trainee.blueprint());
    MaskSet masks = trainee.sparsity().masks();
    double activeMacs = cost.activeMacs(masks.layerDensities());
    return new ResultRecord(
        config.method(),
        config.network().arch(),
        config.data().dataset(),
        masks.isEmpty() ? Density.DENSE : config.sparsity().density(),
        config.seed(),
        history.size(),
        new ResultRecord.Best(best.epoch(), bestTest.clean(), bestTest.robust()),
        new ResultRecord.Accuracies(last.clean(), last.robust()),
        trainRobustAccuracy,
        trainingFlops(cost.macs(), activeMacs, stageOne),
        stageOne,
        new ResultRecord.InferenceFlops((double) cost.macs() * InferenceCost.FLOPS_PER_MAC, activeMacs * InferenceCost.FLOPS_PER_MAC),
        masks.isEmpty() ? 1 : masks.density(),
        history.stream().mapToDouble(EpochRecord::seconds).average().orElseThrow(),
        Versions.current());
  }

  /** Of the epochs that were really trained. */
  private TrainingFlops trainingFlops(double denseMacs, double activeMacs, Optional<ResultRecord.StageOne> stageOne) {
    TrainingUnits units = TrainingUnits.of(config.objective(), config.trainAttack().steps());
    long images = (long) trainImages * history.size();
    double search = stageOne.map(ResultRecord.StageOne::honestFlops).orElse(0.0);
    return TrainingFlops.of(units, images, denseMacs, activeMacs, progress.macSum()).afterSearch(search);
  }
}
