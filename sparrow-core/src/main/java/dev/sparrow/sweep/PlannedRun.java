package dev.sparrow.sweep;

import dev.sparrow.config.RunConfig;
import dev.sparrow.report.SweepIndex;

/**
 * One run of a sweep.
 *
 * @param title its name with its seed, for example {@code flying-bird d0.2 s1}
 * @param entry its line in {@code sweep.json}: label, folder, hash, settings
 * @param config what to run; keys that it does not look at have their defaults
 */
public record PlannedRun(String title, SweepIndex.Entry entry, RunConfig config) {

  /** The same run in another folder. */
  PlannedRun in(String folder) {
    return new PlannedRun(title, new SweepIndex.Entry(entry.label(), folder, entry.hash(), entry.settings()), config);
  }
}
