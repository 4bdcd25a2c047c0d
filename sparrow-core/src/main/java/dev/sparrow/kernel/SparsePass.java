package dev.sparrow.kernel;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * One forward pass through a {@link SparseNetwork} and what it needs to go back. Holds memory of the network until it is closed; several
 * may be open at once.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SparsePass implements AutoCloseable {

  private final SparseNetwork network;
  private final Frame frame;
  private final Gradients recorded;
  private boolean done;
  private boolean closed;

  SparsePass(SparseNetwork network, Frame frame) {
    this.network = network;
    this.frame = frame;
    this.recorded = frame.program().mode().gradients();
  }

  /**
   * The logits.
   *
   * @return [count, classes], borrowed until the pass is closed
   */
  public float[] logits() {
    return frame.logits;
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
    if (recorded == Gradients.NONE || done || closed) {
      throw new IllegalStateException("pass: expected a recorded one, not used yet, got " + (done || closed ? "a used one" : recorded));
    }
    done = true;
    network.backward(frame, logitGradient, everywhere);
  }

  /**
   * The gradient by the input, after {@link #backward}.
   *
   * @return [count, channels, height, width], by the input before its standardization; borrowed until the pass is closed
   * @throws IllegalStateException if it was not recorded or not computed yet
   */
  public float[] inputGradient() {
    require(recorded.ofInput(), "input gradient");
    return frame.inputGradient;
  }

  /**
   * The gradients by the parameters, after {@link #backward}.
   *
   * @return one gradient in the blueprint's shape per parameter, in the blueprint's order; borrowed until the next backward pass of the
   *     network
   * @throws IllegalStateException if they were not recorded or not computed yet
   */
  public Map<String, float[]> parameterGradients() {
    require(recorded.ofParameters(), "parameter gradients");
    return network.parameterGradients();
  }

  private void require(boolean wanted, String what) {
    if (!wanted || !done || closed) {
      throw new IllegalStateException(what + ": expected a pass recorded for it, after its backward, got one recorded for " + recorded);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      network.release(frame);
    }
  }
}
