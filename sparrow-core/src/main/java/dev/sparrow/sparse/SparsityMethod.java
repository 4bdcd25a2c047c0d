package dev.sparrow.sparse;

import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What moves the masks of a training run. The loop calls, in this order:
 *
 * <pre>
 * initialize(start)                             // masks made and applied to the weights
 * for epoch: for batch:
 *   gradients = ...; optimizer.step(gradients)  // dense gradients if needsDenseGradients(iteration)
 *   afterOptimizerStep(state, gradients)        // masks re-applied to weights and momentum; topology update when due
 * afterEpoch(model, signals)                    // Flying Bird+ records its signals, an early bird its mask
 * until isComplete() or the last epoch
 * </pre>
 *
 * A method owns its masks; close it to release them.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface SparsityMethod extends AutoCloseable {

  /**
   * Makes the masks, applies them to the weights and restricts the network to them.
   *
   * @param start the network and what the masks may be made from
   * @throws dev.sparrow.BadInput if a layer would be left without any active weight and that is not allowed
   */
  void initialize(SparsityStart start);

  /**
   * Whether the update after an iteration looks at gradients where weights are inactive. Asked before the iteration's training pass, so that
   * an engine which saves itself those gradients computes them for once.
   *
   * @param iteration counting from 1 for the first of the run
   * @return true if {@link #afterOptimizerStep} needs dense gradients
   */
  boolean needsDenseGradients(long iteration);

  /**
   * Re-applies the masks to weights and momentum, and changes the topology when that is due.
   *
   * @param state where the run stands
   * @param gradients of the step just taken; dense if {@link #needsDenseGradients} said so
   * @return the topology update, if there was one
   */
  Optional<TopologyUpdate> afterOptimizerStep(TrainingState state, NamedTensors gradients);

  /**
   * Looks at an epoch that ended.
   *
   * @param model the network
   * @param signals accuracies and losses
   */
  default void afterEpoch(Classifier model, EpochSignals signals) {}

  /**
   * Whether the training has served its purpose and may end before its last epoch; asked after every epoch.
   *
   * @return false unless the method says otherwise
   */
  default boolean isComplete() {
    return false;
  }

  /**
   * How far the mask that the training would be pruned to has settled.
   *
   * @return empty unless the method watches one
   */
  default Optional<MaskSettling> settling() {
    return Optional.empty();
  }

  /**
   * The current masks.
   *
   * @return borrowed until the next topology update; empty for a dense run
   */
  MaskSet masks();

  /**
   * The drop fraction at the next iteration.
   *
   * @return in [0, 1]; 0 for methods without topology updates
   */
  double dropFraction();

  /**
   * The fraction of all prunable weights that were active at any time so far.
   *
   * @return in (0, 1]
   */
  double explored();

  /**
   * Everything needed to continue.
   *
   * @return the state; its tensors live until the next topology update, or belong to the caller's scope
   */
  SparsityState capture();

  /**
   * Continues from a captured state instead of {@link #initialize}; the masks are copied and applied as there.
   *
   * @param model the network
   * @param state what {@link #capture} returned
   * @throws dev.sparrow.BadInput if it does not fit the network or the method; the message lists every tensor at fault
   */
  void restore(Classifier model, SparsityState state);

  @Override
  void close();
}
