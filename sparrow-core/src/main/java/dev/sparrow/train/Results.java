package dev.sparrow.train;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.TrainingFlops;
import dev.sparrow.arch.TrainingUnits;
import dev.sparrow.checkpoint.Progress;
import dev.sparrow.config.RunConfig;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.EpochHistory;
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
    EpochRecord best = new EpochHistory(config.method(), history).best();
    EpochRecord.Test bestTest = best.test().orElseThrow();
    Blueprint full = trainee.fullBlueprint();
    double fullMacs = InferenceCost.of(full).macs();
    MaskSet masks = trainee.sparsity().masks();
    double activeMacs = InferenceCost.of(trainee.blueprint()).activeMacs(masks.densities());
    double presentFraction = trainee.blueprint().prunableCount() / (double) full.prunableCount();
    return new ResultRecord(
        config.method(),
        config.network().arch(),
        config.data().dataset(),
        masks.isEmpty() && presentFraction == 1 ? Density.DENSE : config.sparsity().density(),
        config.seed(),
        history.size(),
        new ResultRecord.Best(best.epoch(), bestTest.clean(), bestTest.robust()),
        new ResultRecord.Accuracies(last.clean(), last.robust()),
        trainRobustAccuracy,
        trainingFlops(fullMacs, activeMacs, stageOne),
        stageOne,
        new ResultRecord.InferenceFlops(fullMacs * InferenceCost.FLOPS_PER_MAC, activeMacs * InferenceCost.FLOPS_PER_MAC),
        masks.density() * presentFraction,
        history.stream().mapToDouble(EpochRecord::seconds).average().orElseThrow(),
        Optional.of(trainee.engine().kind()),
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
