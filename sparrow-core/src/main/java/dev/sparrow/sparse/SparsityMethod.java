package dev.sparrow.sparse;

import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.units.Seed;
import java.util.Optional;

/**
 * What moves the masks of a training run. The loop calls, in this order:
 *
 * <pre>
 * initialize(model, seed)                       // masks made and applied to the weights
 * for epoch: for batch:
 *   gradients = ...; optimizer.step(gradients)
 *   afterOptimizerStep(state, gradients)        // masks re-applied to weights and momentum; topology update when due
 * afterEpoch(signals)                           // Flying Bird+ records its signals
 * </pre>
 *
 * A method owns its masks; close it to release them.
 */
public interface SparsityMethod extends AutoCloseable {

  /**
   * Makes the masks and applies them to the weights.
   *
   * @param model the network, weights initialised
   * @param seed root of all randomness
   */
  void initialize(Classifier model, Seed seed);

  /**
   * Re-applies the masks to weights and momentum, and changes the topology when that is due.
   *
   * @param state where the run stands
   * @param gradients dense gradients of the step just taken
   * @return the topology update, if there was one
   */
  Optional<TopologyUpdate> afterOptimizerStep(TrainingState state, NamedTensors gradients);

  /**
   * Reads the signals of an epoch that ended.
   *
   * @param signals accuracies and losses
   */
  default void afterEpoch(EpochSignals signals) {}

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
   * @return the state; its tensors are borrowed until the next topology update
   */
  SparsityState capture();

  /**
   * Continues from a captured state instead of {@link #initialize}; the masks are copied and applied to the weights.
   *
   * @param model the network
   * @param state what {@link #capture} returned
   * @throws dev.sparrow.BadInput if it does not fit the network or the method; the message lists every tensor at fault
   */
  void restore(Classifier model, SparsityState state);

  @Override
  void close();
}
