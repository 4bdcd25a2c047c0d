package dev.sparrow.kernel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Statistics;

/**
 * A whole network in the sparse engine, from its input to its logits: pre- and post-activation residual networks, plain ones with maximum
 * pools, and the rear parts of such networks, which begin at an inner value.
 *
 * <p>A weight that is not active costs no time, neither forward nor backward. New networks have all weights active, parameters and running
 * statistics are zero until they are loaded.
 *
 * <p>Used by one thread at a time; splits its work among threads of its own. Results do not depend on the number of threads, not in the last
 * bit. Once as many passes of a kind were open as ever are, no memory is allocated any more.
 */
public final class SparseNetwork implements AutoCloseable {

  private final Blueprint blueprint;

  /**
   * Prepares a network.
   *
   * @param blueprint what it computes; any shape of input
   * @param standardization what is done to the input first
   * @param settings how it computes
   * @throws dev.sparrow.BadInput if the blueprint has an operation that the engine does not know, or knows in other places only
   */
  public SparseNetwork(Blueprint blueprint, Standardization standardization, EngineSettings settings) {
    this.blueprint = blueprint;
  }

  /**
   * What this network computes.
   *
   * @return the blueprint
   */
  public Blueprint blueprint() {
    return blueprint;
  }

  /**
   * One line for the log.
   *
   * @return which kernels run and why, with how many threads
   */
  public String description() {
    throw new UnsupportedOperationException();
  }

  /**
   * Says which weights of a layer may differ from zero. The layer's weights must be loaded afterwards.
   *
   * @param weight name of a parameter of rank 4 or 2
   * @param active one per weight, in the blueprint's shape; may be all false
   * @throws dev.sparrow.BadInput if the name or the length is wrong
   */
  public void activate(String weight, boolean[] active) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes over a parameter or a running mean or variance.
   *
   * @param tensor its name
   * @param values in the blueprint's shape; of a weight, inactive positions are not read
   * @throws dev.sparrow.BadInput if the name or the length is wrong
   */
  public void load(String tensor, float[] values) {
    throw new UnsupportedOperationException();
  }

  /**
   * A running mean or variance as it is now.
   *
   * @param name its name
   * @return borrowed, one number per channel; passes with {@link Statistics#BATCH} change it in place
   * @throws dev.sparrow.BadInput if there is none of this name
   */
  public float[] runningStatistic(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs the network.
   *
   * @param input [count, channels, height, width]; read during the call only
   * @param count number of images, at least 1
   * @param statistics where batch norm takes its statistics from
   * @param gradients which gradients the pass will be asked for
   * @return the pass, to be closed by the caller
   */
  public SparsePass forward(float[] input, int count, Statistics statistics, Gradients gradients) {
    throw new UnsupportedOperationException();
  }

  /** Ends its threads. */
  @Override
  public void close() {}
}
