package dev.sparrow.report;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a run folder says about its run, finished or not.
 *
 * @param config what the run was asked to do
 * @param epochs what it measured, at least one epoch
 * @param result what it achieved; empty while it has not finished
 */
public record StoredRun(RunConfig config, List<EpochRecord> epochs, Optional<ResultRecord> result) {

  /** Copies the epochs. */
  public StoredRun {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("epochs: expected at least one, got none");
    }
  }

  /**
   * Reads a run folder.
   *
   * @param folder the folder; another process may be writing to it
   * @return the run
   * @throws BadInput if it holds no run, no finished epoch yet, or something damaged
   */
  public static StoredRun read(RunFolder folder) {
    RunConfig config = ConfigFile.read(RunFolder.existing(folder.root()).config());
    List<EpochRecord> epochs = MetricsLog.read(folder.metrics());
    if (epochs.isEmpty()) {
      throw BadInput.data("metrics", "at least one finished epoch", "none", folder.metrics());
    }
    Optional<ResultRecord> result =
        folder.isFinished() ? Optional.of(Json.read(folder.result(), ResultRecord.class)) : Optional.empty();
    return new StoredRun(config, epochs, result);
  }

  /**
   * The epoch that model selection takes.
   *
   * @return the earliest epoch of the best validation robust accuracy
   */
  public EpochRecord best() {
    return new EpochHistory(config.method(), epochs).best();
  }
}
