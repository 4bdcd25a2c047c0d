package dev.sparrow.sweep;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.RunFolder;
import dev.sparrow.units.Labelled;
import java.util.List;

/** How far a planned run is. */
public enum RunState implements Labelled {
  /** Not started. */
  NEW("new"),
  /** Started and neither finished nor given up: it goes on from its last checkpoint. */
  INTERRUPTED("interrupted"),
  /** Done. */
  FINISHED("finished");

  private final String label;

  RunState(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * Looks into a run folder.
   *
   * @param folder the run's; need not exist
   * @param config the run
   * @return its state
   * @throws BadInput if the folder holds another run; the message lists what differs
   */
  static RunState of(RunFolder folder, RunConfig config) {
    if (!folder.holdsRun()) {
      return NEW;
    }
    List<String> differences = ConfigHash.differences(config, ConfigFile.read(folder.config()));
    if (!differences.isEmpty()) {
      throw BadInput.data("run folder", "the run of the sweep file", "one with " + String.join(", ", differences), folder.root());
    }
    return folder.isFinished() ? FINISHED : INTERRUPTED;
  }
}
