package dev.sparrow.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.io.Json;
import dev.sparrow.io.Leaves;
import dev.sparrow.schedule.LearningRateKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of a configuration that its run does not look at. Two runs that differ in such keys only are the same run, though their hashes
 * differ: a dense run at two densities.
 *
 * <p>A key is listed only if no part of the run reads it, so the list may be too short but not too long:
 *
 * <ul>
 *   <li>a dense run ignores {@code sparsity} and {@code prune}; SmallDense does read {@code sparsity.density}, its size
 *   <li>masks that never move ignore growth, drops and update frequencies; SET and RigL ignore the growth, which defines them
 *   <li>only Flying Bird+ reads {@code dynamicEpoch}, {@code window}, {@code updateThreshold}, {@code pruneRatio} and {@code growthRatio}
 *   <li>{@code secondUpdateFrequency} needs {@code dynamicFrequency}, {@code lrMilestones} the multistep schedule
 *   <li>{@code sparsity.init} is not read where weights are ranked globally, {@code prune.batches} by scorers that look at no images,
 *       {@code prune.rounds} where random positions are drawn layer by layer
 *   <li>gradual pruning starts dense and Robust Bird from a ticket, so both ignore {@code prune.scorer}
 *   <li>{@code prune.gradualStart} and {@code prune.gradualEnd} belong to gradual pruning, {@code earlyBird} to Robust Bird and its first
 *       stage
 *   <li>a method that a program brings along may read all of {@code sparsity} and {@code prune}
 *   <li>only a WideResNet has {@code depthFactor} and {@code widthFactor}
 *   <li>training on clean images ignores {@code trainAttack} and {@code attackMode}, single-step training all of the attack but its ball
 * </ul>
 */
public final class IgnoredKeys {

  private static final Set<String> CONTROLLER =
      Set.of("sparsity.dynamicEpoch", "sparsity.window", "sparsity.updateThreshold", "sparsity.pruneRatio", "sparsity.growthRatio");

  private static final Set<String> MOVES =
      Set.of(
          "sparsity.growth", "sparsity.dropFraction", "sparsity.dropSchedule", "sparsity.updateFrequency",
          "sparsity.secondUpdateFrequency", "sparsity.dynamicFrequency");

  private static final Set<String> SCORING = Set.of("prune.scorer", "prune.batches", "prune.rounds");

  private static final Set<String> GRADUAL = Set.of("prune.gradualStart", "prune.gradualEnd");

  private static final Set<String> SINGLE_STEP = Set.of("trainAttack.norm", "trainAttack.eps");

  private IgnoredKeys() {}

  /**
   * The keys that a run does not look at.
   *
   * @param config the run's configuration
   * @return dotted, sorted
   */
  public static Set<String> of(RunConfig config) {
    Set<String> ignored = new TreeSet<>();
    addOfMethod(config, ignored);
    if (!config.sparsity().dynamicFrequency()) {
      ignored.add("sparsity.secondUpdateFrequency");
    }
    if (config.optimizer().lrSchedule() != LearningRateKind.MULTISTEP) {
      ignored.add("optimizer.lrMilestones");
    }
    if (config.network().arch() != Arch.WIDERESNET) {
      ignored.addAll(Set.of("network.depthFactor", "network.widthFactor"));
    }
    addOfObjective(config, ignored);
    return ignored;
  }

  /**
   * The same run with the default in every key that it does not look at.
   *
   * @param config the run's configuration
   * @return equal for runs that are the same
   */
  public static RunConfig reset(RunConfig config) {
    ConfigTree tree = new ConfigTree(config);
    Map<String, JsonNode> defaults = Leaves.of((ObjectNode) Json.tree(RunConfig.DEFAULT), "configuration");
    of(config).forEach(key -> tree.put(key, defaults.getOrDefault(key, NullNode.instance), false, key));
    return Json.bind(tree.root(), RunConfig.class, "configuration");
  }

  private static void addOfMethod(RunConfig config, Set<String> ignored) {
    switch (config.method()) {
      case DENSE, EARLY_BIRD -> {
        ignored.addAll(below("sparsity"));
        ignored.addAll(below("prune"));
        if (config.method() == Method.EARLY_BIRD || config.network().arch() == Arch.SMALLDENSE) {
          ignored.remove("sparsity.density");
        }
      }
      case STATIC, ROBUST_BIRD -> {
        ignored.addAll(MOVES);
        ignored.addAll(CONTROLLER);
      }
      case SET, RIGL -> {
        ignored.add("sparsity.growth");
        ignored.addAll(CONTROLLER);
      }
      case GRADUAL -> {
        ignored.addAll(Set.of("sparsity.growth", "sparsity.dropFraction", "sparsity.dropSchedule"));
        ignored.addAll(CONTROLLER);
      }
      case FLYING_BIRD -> ignored.addAll(CONTROLLER);
      case FLYING_BIRD_PLUS, CUSTOM -> {}
    }
    if (config.method() != Method.EARLY_BIRD && config.method() != Method.ROBUST_BIRD) {
      ignored.addAll(below("earlyBird"));
    }
    addOfFirstMasks(config.method(), config.prune(), ignored);
  }

  private static void addOfFirstMasks(Method method, PruneConfig prune, Set<String> ignored) {
    switch (method) {
      case ROBUST_BIRD -> { // its masks are the ticket's
        ignored.addAll(SCORING);
        ignored.addAll(GRADUAL);
        ignored.addAll(Set.of("prune.scope", "sparsity.init"));
      }
      case GRADUAL -> { // starts dense
        ignored.addAll(SCORING);
        if (prune.scope().filter(PruneScope.LAYER::equals).isEmpty()) {
          ignored.add("sparsity.init");
        }
      }
      case CUSTOM -> {} // may read anything
      default -> {
        ignored.addAll(GRADUAL);
        addOfScorer(prune, ignored);
      }
    }
  }

  private static void addOfScorer(PruneConfig prune, Set<String> ignored) {
    if (prune.effectiveScope() == PruneScope.GLOBAL) {
      ignored.add("sparsity.init");
    } else if (prune.scorer() == ScorerKind.RANDOM) {
      ignored.add("prune.rounds");
    }
    switch (prune.scorer()) {
      case RANDOM, MAGNITUDE, SYNFLOW -> ignored.add("prune.batches");
      case SNIP, GRASP, TAYLOR -> {}
    }
  }

  /** The first stage of Robust Bird has an objective of its own, but the same attack. */
  private static void addOfObjective(RunConfig config, Set<String> ignored) {
    if (config.method() == Method.ROBUST_BIRD || config.objective() == Objective.PGD) {
      return;
    }
    ignored.addAll(below("trainAttack"));
    if (config.objective() == Objective.STANDARD) {
      ignored.add("attackMode");
    } else {
      ignored.removeAll(SINGLE_STEP);
    }
  }

  private static Set<String> below(String section) {
    Set<String> keys = new TreeSet<>(ConfigTree.keys());
    keys.removeIf(key -> !key.startsWith(section + "."));
    return keys;
  }
}
