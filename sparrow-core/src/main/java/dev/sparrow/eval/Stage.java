package dev.sparrow.eval;

import dev.sparrow.tensor.NamedTensors;

/** One attack on all images that stand before it, in small steps. Between two steps it may be stored, and taken up again elsewhere. */
interface Stage extends AutoCloseable {

  /**
   * The next step.
   *
   * @return whether there was anything left to do
   */
  boolean step();

  /** The first image that was not looked at yet. */
  int position();

  /** Images that were looked at and whose fate is still open. */
  int inFlight();

  /**
   * What is known beside the position and the outcomes.
   *
   * @return borrowed tensors
   */
  NamedTensors state();

  @Override
  void close();
}
