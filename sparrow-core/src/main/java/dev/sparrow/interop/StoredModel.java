package dev.sparrow.interop;

import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelOrigin;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A network to export, in single precision on the CPU, and where it comes from. Owns the network.
 *
 * @param model the network
 * @param origin where its numbers come from
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record StoredModel(LoadedModel model, ModelOrigin origin) implements AutoCloseable {

  /**
   * Loads the network of a checkpoint.
   *
   * @param folder the checkpoint's folder
   * @param attack under which its run measures robust accuracy, if that is known
   * @return to be closed by the caller
   * @throws dev.sparrow.BadInput if there is no sound checkpoint
   * @throws IOException if reading fails
   */
  public static StoredModel ofCheckpoint(Path folder, Optional<AttackConfig> attack) throws IOException {
    ModelOrigin origin;
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      origin = ModelOrigin.of(checkpoint.manifest(), attack);
    }
    return new StoredModel(LoadedModel.fromCheckpoint(folder, EngineChoice.EXACT), origin);
  }

  /**
   * Loads the network of a ticket: its weights, the inactive ones zero.
   *
   * @param folder the ticket's folder
   * @return to be closed by the caller
   * @throws dev.sparrow.BadInput if there is no sound ticket
   * @throws IOException if reading fails
   */
  public static StoredModel ofTicket(Path folder) throws IOException {
    ModelOrigin origin;
    try (Ticket ticket = Ticket.open(folder)) {
      origin = ModelOrigin.of(ticket.manifest());
    }
    return new StoredModel(LoadedModel.fromTicket(folder, EngineChoice.EXACT), origin);
  }

  /**
   * Loads weights of an export or from elsewhere, and finds out which network they are of.
   *
   * @param file a file of weights in any format that Sparrow reads
   * @param known what is known of the network; must not contradict a file that describes itself
   * @param normalization constants inside the network, for a file that has none; gives way to the file's
   * @return to be closed by the caller
   * @throws dev.sparrow.BadInput if the file is damaged, not exactly one network fits, or its normalisation is known from nowhere
   * @throws IOException if reading fails
   */
  public static StoredModel ofWeights(Path file, Known known, Optional<Normalization> normalization) throws IOException {
    return new WeightsImport(file, known, normalization).load();
  }

  @Override
  public void close() {
    model.close();
  }
}
