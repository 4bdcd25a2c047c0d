package dev.sparrow.sparse;

import dev.sparrow.BadInput;
import dev.sparrow.allocation.Allocation;
import dev.sparrow.allocation.Uniform;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.SparsityConfig;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.schedule.CubicDensity;
import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.units.Density;
import java.util.Optional;

/**
 * The sparsity methods as recipes.
 *
 * <table>
 * <caption>What distinguishes them</caption>
 * <tr><th>method</th><th>growth</th><th>updates</th><th>density</th></tr>
 * <tr><td>static</td><td>-</td><td>never</td><td>constant</td></tr>
 * <tr><td>set</td><td>random</td><td>to the end</td><td>constant on average</td></tr>
 * <tr><td>rigl</td><td>gradient</td><td>to 75 % of the run, where the drop fraction ends too</td><td>constant</td></tr>
 * <tr><td>flying-bird</td><td>as configured</td><td>to the end</td><td>constant</td></tr>
 * <tr><td>flying-bird-plus</td><td>as configured</td><td>to the end</td><td>follows the signals</td></tr>
 * <tr><td>early-bird</td><td>-</td><td>never</td><td>dense, and over when its mask has settled</td></tr>
 * <tr><td>robust-bird</td><td>-</td><td>never</td><td>constant, masks from a ticket</td></tr>
 * <tr><td>custom</td><td colspan="3">made by a {@link SparsityRecipe} of another's, not here</td></tr>
 * <tr><td>gradual</td><td>-</td><td>from {@code gradualStart} to {@code gradualEnd}</td><td>from 1 along a cubic</td></tr>
 * </table>
 *
 * <p>SET and RigL are defined by their growth, so the configured one is read by Flying Bird and Flying Bird+ only.
 */
public final class SparsityMethods {

  private static final double RIGL_END = 0.75;

  private SparsityMethods() {}

  /**
   * The method of a run.
   *
   * @param config the run's configuration
   * @param blueprint the network that is trained
   * @param iterationsPerEpoch optimizer steps per epoch
   * @return a new method, to be initialised or restored, then closed by the caller
   * @throws BadInput if the method is one that a program has to bring along
   */
  public static SparsityMethod create(RunConfig config, Blueprint blueprint, long iterationsPerEpoch) {
    long iterations = config.epochs() * iterationsPerEpoch;
    long riglEnd = Math.max(1, (long) (RIGL_END * iterations));
    UpdateSchedule schedule = schedule(config, iterationsPerEpoch);
    Allocation allocation = blueprint.allocation(config.sparsity().init());
    GrowthRule growth = GrowthRule.of(config.sparsity().growth());
    return switch (config.method()) {
      case DENSE -> new DenseTraining();
      case EARLY_BIRD -> new EarlyBirdTraining(config.earlyBird(), config.sparsity().density());
      case STATIC, ROBUST_BIRD -> sparse(config, allocation, TopologyPlan.fixed());
      case SET -> sparse(config, allocation, plan(config, schedule, iterations, new RandomGrowth(), Optional.empty()));
      case RIGL -> sparse(config, allocation, plan(config, schedule.stoppingAt(riglEnd), riglEnd, new GradientGrowth(), Optional.empty()));
      case FLYING_BIRD -> sparse(config, allocation, plan(config, schedule, iterations, growth, Optional.empty()));
      case FLYING_BIRD_PLUS -> sparse(config, allocation, plan(config, schedule, iterations, growth, Optional.of(controller(config))));
      case GRADUAL -> gradual(config, allocation, schedule, iterations);
      case CUSTOM -> throw BadInput.usage("method", "one that Sparrow makes itself", "custom, which the program that trains has to bring");
    };
  }

  private static SparsityMethod sparse(RunConfig config, Allocation allocation, TopologyPlan plan) {
    return sparse(config, new FirstMasks(config.prune(), allocation, config.sparsity().density()), plan);
  }

  /** Starts dense, whatever would make the first masks. */
  private static SparsityMethod gradual(RunConfig config, Allocation allocation, UpdateSchedule schedule, long iterations) {
    PruneConfig prune = config.prune();
    SparsityConfig sparsity = config.sparsity();
    CubicDensity density = CubicDensity.over(sparsity.density(), prune.gradualStart(), prune.gradualEnd(), iterations);
    boolean perLayer = prune.scope().filter(PruneScope.LAYER::equals).isPresent();
    GradualPlan plan = new GradualPlan(schedule, density, perLayer ? Optional.of(allocation) : Optional.empty());
    return sparse(config, new FirstMasks(PruneConfig.DEFAULT, new Uniform(), Density.DENSE), plan);
  }

  private static SparsityMethod sparse(RunConfig config, FirstMasks firstMasks, TopologyPlan plan) {
    return new SparseTraining(config.method(), firstMasks, new LayerCollapse(config.prune().allowCollapse()), plan);
  }

  private static TopologyPlan plan(
      RunConfig config, UpdateSchedule schedule, long decay, GrowthRule growth, Optional<DensityController> controller) {
    SparsityConfig sparsity = config.sparsity();
    return new DropAndGrowPlan(schedule, DropFraction.of(sparsity.dropSchedule(), sparsity.dropFraction(), decay), growth, controller);
  }

  private static UpdateSchedule schedule(RunConfig config, long iterationsPerEpoch) {
    SparsityConfig sparsity = config.sparsity();
    UpdateSchedule schedule = UpdateSchedule.every(sparsity.updateFrequency());
    return sparsity.dynamicFrequency()
        ? schedule.thenEvery(sparsity.secondUpdateFrequency(), halfOfTheEpochs(config) * iterationsPerEpoch)
        : schedule;
  }

  private static DensityController controller(RunConfig config) {
    SparsityConfig sparsity = config.sparsity();
    return new DensityController(
        sparsity.dynamicEpoch().orElse(halfOfTheEpochs(config)),
        sparsity.window(),
        sparsity.updateThreshold(),
        sparsity.pruneRatio(),
        sparsity.growthRatio());
  }

  /** The first epoch, from 0, before which at least half of the epochs lie. */
  private static int halfOfTheEpochs(RunConfig config) {
    return (config.epochs() + 1) / 2;
  }
}
