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
 * does not read, see {@link IgnoredKeys}. Engine and precision stay, since they are often what an experiment is about.
 *
 * @param values every other value as text by its dotted key; a value that is empty reads {@code default}
 */
public record ConfigGroup(Map<String, String> values) {

  private static final Set<String> CHANCE = Set.of("seed", "data.dir", "runtime.device", "runtime.threads", "runtime.checkpointEvery");

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
    values.keySet().removeAll(CHANCE);
    values.keySet().removeAll(IgnoredKeys.of(config));
    return new ConfigGroup(values);
  }
}
