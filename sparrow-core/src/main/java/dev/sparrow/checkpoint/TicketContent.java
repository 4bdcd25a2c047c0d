package dev.sparrow.checkpoint;

import dev.sparrow.config.TicketKind;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Versions;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Everything a ticket holds. All tensors and the masks are borrowed.
 *
 * @param kind what it is made of
 * @param density what was asked for
 * @param origin where it comes from
 * @param model how to rebuild the network
 * @param parameters the weights; stored with the masks applied
 * @param buffers running statistics
 * @param masks which weights are active; parameters without a mask are dense
 * @param distances a picture of the search that found it, copied into the ticket when there is such a file
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TicketContent(
    TicketKind kind,
    Density density,
    TicketOrigin origin,
    ModelInfo model,
    NamedTensors parameters,
    NamedTensors buffers,
    MaskSet masks,
    Optional<Path> distances) {

  /** The manifest that goes with tensors of a checksum. */
  TicketManifest manifest(String tensorsSha256) {
    return new TicketManifest(
        TicketManifest.FORMAT, kind, density, masks.density(), masks.densities(), origin, model, tensorsSha256, Versions.current());
  }
}
