package dev.sparrow.sparse;

import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.config.SparsityConfig;
import java.util.Optional;
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

  /** The same from the masks of a scorer, in three rounds. */
  static RunConfig of(Method method, Growth growth, ScorerKind scorer) {
    PruneConfig paper = PruneConfig.DEFAULT;
    PruneConfig prune =
        new PruneConfig(
            scorer, paper.scope(), paper.batches(), OptionalInt.of(3), paper.allowCollapse(), paper.gradualStart(), paper.gradualEnd(),
            paper.ticket());
    return with(method, of(method, growth).sparsity(), prune);
  }

  /** Gradual pruning from the start to iteration 27 of 36. */
  static RunConfig gradual(PruneScope scope) {
    PruneConfig paper = PruneConfig.DEFAULT;
    PruneConfig prune =
        new PruneConfig(
            paper.scorer(), Optional.of(scope), paper.batches(), paper.rounds(), paper.allowCollapse(), paper.gradualStart(),
            paper.gradualEnd(), paper.ticket());
    return with(Method.GRADUAL, of(Method.GRADUAL, Growth.GRADIENT).sparsity(), prune);
  }

  static RunConfig with(Method method, SparsityConfig sparsity) {
    return with(method, sparsity, PruneConfig.DEFAULT);
  }

  private static RunConfig with(Method method, SparsityConfig sparsity, PruneConfig prune) {
    RunConfig paper = RunConfig.DEFAULT;
    return new RunConfig(
        method, paper.data(), paper.network(), sparsity, prune, paper.earlyBird(), paper.optimizer(), paper.objective(),
        paper.trainAttack(), paper.attackMode(), paper.testAttack(), paper.testEvery(), EPOCHS, paper.batchSize(), paper.seed(),
        paper.runtime());
  }
}
