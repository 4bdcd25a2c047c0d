package dev.sparrow.checkpoint;

import dev.sparrow.config.ScorerKind;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Where a ticket came from. What is not known, or does not apply, is empty.
 *
 * @param scorer what ranked its weights; empty for channels, which the scales of batch normalisation rank
 * @param source the run folder or file that the weights were read from; empty for fresh ones
 * @param configHash hash of the configuration that the ticket was made under
 * @param search how an early-bird training found it
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TicketOrigin(
    Optional<ScorerKind> scorer, Optional<String> source, Optional<String> configHash, Optional<TicketSearch> search) {

  /** Weights and masks from somewhere unknown. */
  public static final TicketOrigin UNKNOWN = new TicketOrigin(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
