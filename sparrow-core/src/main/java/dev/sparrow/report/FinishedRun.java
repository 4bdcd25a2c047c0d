package dev.sparrow.report;

import dev.sparrow.config.ConfigGroup;
import dev.sparrow.config.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run whose result may enter a table.
 *
 * @param folder where it lies
 * @param label what the sweep that made it calls its configuration; empty for a run on its own
 * @param config what it was asked to do
 * @param epochs what it measured
 * @param result what it achieved
 */
record FinishedRun(Path folder, Optional<String> label, RunConfig config, List<EpochRecord> epochs, ResultRecord result) {

  /** Copies the epochs. */
  public FinishedRun {
    epochs = List.copyOf(epochs);
  }

  /**
   * What the run shares with its repetitions under other seeds.
   *
   * @return the configuration without what is left to chance
   */
  public ConfigGroup group() {
    return ConfigGroup.of(config);
  }
}
