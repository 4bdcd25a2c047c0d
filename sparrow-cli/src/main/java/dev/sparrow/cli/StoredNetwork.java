package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.ActiveWeights;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One of several networks that a command compares.
 *
 * @param folder the checkpoint or the ticket that it lies in
 */
record StoredNetwork(Path folder) {

  /**
   * Finds a network.
   *
   * @param path a run folder, a ticket, or the folder of one of a run's checkpoints
   * @param checkpoint which of a run's checkpoints, where the path is a run folder
   * @return the network
   * @throws BadInput if it is none of these
   */
  static StoredNetwork find(Path path, String checkpoint) {
    RunFolder run = new RunFolder(path);
    if (run.holdsRun()) {
      return new StoredNetwork(ModelOptions.checkpointFolder(run, checkpoint));
    }
    if (!Checkpoint.exists(path)) {
      throw BadInput.data("network", "a run folder, a ticket or a checkpoint", "none of these", path);
    }
    return new StoredNetwork(path);
  }

  /**
   * Reads its masks.
   *
   * @param engine gives the device
   * @return one per prunable weight, to be closed by the caller
   * @throws BadInput if the folder is not sound
   * @throws IOException if reading fails
   */
  MaskSet masks(EngineChoice engine) throws IOException {
    try (LoadedModel loaded =
        Ticket.exists(folder) ? LoadedModel.fromTicket(folder, engine) : LoadedModel.fromCheckpoint(folder, engine)) {
      return ActiveWeights.of(Optional.of(folder), loaded);
    }
  }
}
