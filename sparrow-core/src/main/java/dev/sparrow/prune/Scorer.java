package dev.sparrow.prune;

import dev.sparrow.tensor.NamedTensors;
import org.apiguardian.api.API;

/**
 * What says how much each weight matters. Stateless: scores are a function of what is given.
 *
 * <p>A scorer leaves weights, running statistics and mode of the network as they are.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Scorer {

  /**
   * Whether the scores depend on images.
   *
   * @return true if {@link Subject#images()} must not be empty
   */
  boolean needsImages();

  /**
   * Scores all prunable weights.
   *
   * @param subject the network and what may be looked at
   * @return one float32 tensor of the weight's shape per prunable parameter, in parameter order, owned by the caller's scope; the weights
   *     with the largest scores are kept, over all parameters or within each. Those of weights that are not active do not count.
   * @throws dev.sparrow.BadInput if the scorer needs derivatives that the network does not have
   */
  NamedTensors scores(Subject subject);
}
