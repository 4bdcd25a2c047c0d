package dev.sparrow.checkpoint;

import dev.sparrow.checkpoint.ModelCard.Measured;
import dev.sparrow.config.AttackConfig;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What is known about where a network's numbers come from.
 *
 * @param configHash hash of the configuration that it was trained under, or that its ticket was made under
 * @param measured its accuracies, if they were measured on exactly these weights
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record ModelOrigin(Optional<String> configHash, Optional<Measured> measured) {

  /** Weights from elsewhere. */
  public static final ModelOrigin UNKNOWN = new ModelOrigin(Optional.empty(), Optional.empty());

  /**
   * The origin of a checkpoint's network.
   *
   * @param manifest the checkpoint's
   * @param attack under which its run measures robust accuracy, if that is known
   * @return without accuracies if the checkpoint is from the middle of an epoch
   */
  public static ModelOrigin of(Manifest manifest, Optional<AttackConfig> attack) {
    boolean between = manifest.progress().batch() == 0 && !manifest.history().isEmpty();
    Optional<Measured> measured =
        between ? Optional.of(Measured.of(manifest.history().get(manifest.history().size() - 1), attack)) : Optional.empty();
    return new ModelOrigin(Optional.of(manifest.configHash()), measured);
  }

  /**
   * The origin of a ticket.
   *
   * @param manifest the ticket's
   * @return without accuracies, since tickets are there to be trained
   */
  public static ModelOrigin of(TicketManifest manifest) {
    return new ModelOrigin(manifest.origin().configHash(), Optional.empty());
  }

  /**
   * The origin of a network that was exported before.
   *
   * @param card what its file says
   * @return the same as then
   */
  public static ModelOrigin of(ModelCard card) {
    return new ModelOrigin(card.configHash(), card.measured());
  }
}
