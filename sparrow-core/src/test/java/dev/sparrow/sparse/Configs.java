package dev.sparrow.sparse;

import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.SparsityConfig;
import java.util.OptionalInt;

/** Run configurations of toy size. */
final class Configs {

  static final int EPOCHS = 6;

  private Configs() {}

  /** Updates every 4 iterations, 6 after half of the epochs; Flying Bird+ may change the density from epoch 2 on. */
  static RunConfig of(Method method, Growth growth) {
    SparsityConfig paper = SparsityConfig.DEFAULT;
    SparsityConfig toy =
        new SparsityConfig(
            paper.density(), paper.init(), growth, paper.dropFraction(), paper.dropSchedule(), 4, 6, true, OptionalInt.of(2),
            paper.window(), paper.updateThreshold(), paper.pruneRatio(), paper.growthRatio());
    return with(method, toy);
  }

  static RunConfig with(Method method, SparsityConfig sparsity) {
    RunConfig paper = RunConfig.DEFAULT;
    return new RunConfig(
        method, paper.data(), paper.network(), sparsity, paper.prune(), paper.earlyBird(), paper.optimizer(), paper.objective(), paper.trainAttack(), paper.attackMode(),
        paper.testAttack(), paper.testEvery(), EPOCHS, paper.batchSize(), paper.seed(), paper.runtime());
  }
}
