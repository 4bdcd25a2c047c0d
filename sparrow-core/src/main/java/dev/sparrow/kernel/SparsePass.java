package dev.sparrow.kernel;

import java.util.Map;

/**
 * One forward pass through a {@link SparseNetwork} and what it needs to go back. Holds memory of the network until it is closed; several may
 * be open at once.
 */
public final class SparsePass implements AutoCloseable {

  SparsePass() {}

  /**
   * The logits.
   *
   * @return [count, classes], borrowed until the pass is closed
   */
  public float[] logits() {
    throw new UnsupportedOperationException();
  }

  /**
   * Multiplies a gradient of the logits by the Jacobians that the pass was recorded for. Weights must be those of the forward pass.
   *
   * @param logitGradient [count, classes]
   * @param everywhere whether gradients of weights are wanted at inactive positions too, for a topology update: as much work as a dense
   *     network's; otherwise they are zero there
   * @throws IllegalStateException if nothing was recorded, or after a first call
   */
  public void backward(float[] logitGradient, boolean everywhere) {
    throw new UnsupportedOperationException();
  }

  /**
   * The gradient by the input, after {@link #backward}.
   *
   * @return [count, channels, height, width], by the input before its standardization; borrowed until the pass is closed
   * @throws IllegalStateException if it was not recorded or not computed yet
   */
  public float[] inputGradient() {
    throw new UnsupportedOperationException();
  }

  /**
   * The gradients by the parameters, after {@link #backward}.
   *
   * @return one gradient in the blueprint's shape per parameter, in the blueprint's order; borrowed until the next backward pass of the
   *     network
   * @throws IllegalStateException if they were not recorded or not computed yet
   */
  public Map<String, float[]> parameterGradients() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
