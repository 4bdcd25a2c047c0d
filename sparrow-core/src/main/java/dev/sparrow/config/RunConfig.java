package dev.sparrow.config;

import dev.sparrow.BadInput;
import dev.sparrow.units.Seed;
import org.apiguardian.api.API;

/**
 * Everything that determines a training run: immutable, validated at construction, stored as {@code config.json} in the run folder.
 *
 * @param method how the masks come about and move
 * @param data the images
 * @param network the network
 * @param sparsity density and topology updates; ignored by {@link Method#DENSE}
 * @param prune which weights are active at first; ignored by {@link Method#DENSE}
 * @param earlyBird the first stage of Robust Bird; ignored by every other method
 * @param optimizer optimizer and learning rate
 * @param objective what is minimised
 * @param trainAttack the attack of the objective
 * @param attackMode the network's mode during the training attack
 * @param testAttack the attack that measures robust accuracy on validation and test images
 * @param testEvery epochs between evaluations on the test set; the last epoch and every best one are always evaluated
 * @param epochs number of epochs
 * @param batchSize images per iteration
 * @param seed root of all randomness
 * @param runtime where and how it computes
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record RunConfig(
    Method method,
    DataConfig data,
    NetworkConfig network,
    SparsityConfig sparsity,
    PruneConfig prune,
    EarlyBirdConfig earlyBird,
    OptimizerConfig optimizer,
    Objective objective,
    AttackConfig trainAttack,
    AttackMode attackMode,
    AttackConfig testAttack,
    int testEvery,
    int epochs,
    int batchSize,
    Seed seed,
    RuntimeConfig runtime) {

  /** The paper's recipe on the bundled sample. */
  public static final RunConfig DEFAULT =
      new RunConfig(
          Method.DENSE,
          DataConfig.DEFAULT,
          NetworkConfig.DEFAULT,
          SparsityConfig.DEFAULT,
          PruneConfig.DEFAULT,
          EarlyBirdConfig.DEFAULT,
          OptimizerConfig.DEFAULT,
          Objective.PGD,
          AttackConfig.TRAIN,
          AttackMode.TRAIN,
          AttackConfig.TEST,
          1,
          200,
          128,
          new Seed(1),
          RuntimeConfig.DEFAULT);

  /** Checks the ranges. */
  public RunConfig {
    Check.atLeast("test-every", 1, testEvery);
    Check.atLeast("epochs", 1, epochs);
    Check.atLeast("batch-size", 1, batchSize);
    if (prune.ticket().isPresent() && (method.isDense() || method == Method.ROBUST_BIRD)) {
      throw BadInput.usage("--ticket", "a method whose masks may start from one", method.label());
    }
  }

  /**
   * The same on another engine.
   *
   * @param engine what computes the network
   * @return a configuration that differs in its engine at most
   */
  public RunConfig withEngine(EngineKind engine) {
    return with(new RuntimeConfig(runtime.device(), engine, runtime.precision(), runtime.threads(), runtime.checkpointEvery()));
  }

  /**
   * The same in another precision.
   *
   * @param precision arithmetic of convolutions and products
   * @return a configuration that differs in its precision at most
   */
  public RunConfig withPrecision(PrecisionChoice precision) {
    return with(new RuntimeConfig(runtime.device(), runtime.engine(), precision, runtime.threads(), runtime.checkpointEvery()));
  }

  private RunConfig with(RuntimeConfig other) {
    return new RunConfig(
        method, data, network, sparsity, prune, earlyBird, optimizer, objective, trainAttack, attackMode, testAttack, testEvery, epochs,
        batchSize, seed, other);
  }
}
