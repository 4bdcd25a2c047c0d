package dev.sparrow.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What runs have in common that differ by chance alone: the configuration without the seed and without what cannot change a result but by
 * rounding. Runs of equal groups are repetitions of one experiment, whose results may be averaged.
 *
 * <p>Left out are the seed, where the images lie, the device, the threads and how often a checkpoint is saved, and every value that the run
 * does not read, such as the density of a dense run. Precision stays, since it is often what an experiment is about.
 *
 * @param values every other value as text by its dotted key; a value that is empty reads {@code default}
 */
public record ConfigGroup(Map<String, String> values) {

  private static final Set<String> CHANCE = Set.of("seed", "data.dir", "runtime.device", "runtime.threads", "runtime.checkpointEvery");

  private static final Set<String> SINGLE_STEP = Set.of("trainAttack.norm", "trainAttack.eps");

  /** Keeps the order of the keys. */
  public ConfigGroup {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The group of a run.
   *
   * @param config the run's configuration
   * @return equal for equal experiments
   */
  public static ConfigGroup of(RunConfig config) {
    Map<String, String> values = new LinkedHashMap<>(ConfigFile.values(config));
    ConfigTree.optionalKeys().stream().sorted().forEach(key -> values.putIfAbsent(key, "default"));
    values.keySet().removeIf(key -> CHANCE.contains(key) || !isRead(key, config));
    return new ConfigGroup(values);
  }

  /** Whether a run of this configuration looks at the value. */
  private static boolean isRead(String key, RunConfig config) {
    String part = key.substring(0, Math.max(0, key.indexOf('.')));
    return switch (part) {
      case "sparsity" -> config.method() != Method.DENSE || config.network().arch() == Arch.SMALLDENSE && key.equals("sparsity.density");
      case "prune" -> config.method() != Method.DENSE;
      case "trainAttack" -> config.objective() == Objective.PGD || config.objective() != Objective.STANDARD && SINGLE_STEP.contains(key);
      case "network" -> config.network().arch() == Arch.WIDERESNET || !key.endsWith("Factor");
      default -> config.objective() != Objective.STANDARD || !key.equals("attackMode");
    };
  }
}
