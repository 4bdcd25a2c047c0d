package dev.sparrow.sparse;

import dev.sparrow.data.Batches;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.units.Seed;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a sparsity method starts from.
 *
 * @param model the network, weights initialised or those of a ticket
 * @param device where it lives
 * @param images training batches that scorers may look at, as they are and in a fixed order; may be empty
 * @param ticket masks to start from, borrowed; the method makes its own when empty
 * @param seed root of all randomness
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record SparsityStart(Classifier model, DeviceSpec device, Batches images, Optional<MaskSet> ticket, Seed seed) {

  /**
   * A start without images or ticket.
   *
   * @param model the network
   * @param device where it lives
   * @param seed root of all randomness
   * @return the start
   */
  public static SparsityStart of(Classifier model, DeviceSpec device, Seed seed) {
    return new SparsityStart(model, device, Batches.NONE, Optional.empty(), seed);
  }
}
