package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/** One forward pass and its vector-Jacobian products. Each product may be taken once, and only if the pass was recorded for it. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Pass extends AutoCloseable {

  /**
   * The logits, detached.
   *
   * @return [N, K] float32, borrowed: valid until the pass is closed
   */
  Tensor logits();

  /**
   * The logit gradient times the Jacobian of the logits by the images. No parameter gradients are computed.
   *
   * @param logitGradient [N, K] float32
   * @return [N, 3, H, W] float32, owned by the caller's scope
   * @throws IllegalStateException if the pass was not recorded for {@link Recording#INPUT}, or after a first call
   */
  Tensor inputGradient(Tensor logitGradient);

  /**
   * The logit gradient times the Jacobian of the logits by the parameters.
   *
   * @param logitGradient [N, K] float32
   * @return one float32, contiguous gradient per parameter, in parameter order, owned by the caller's scope; dense, also where a weight is
   *     inactive, unless the pass was recorded for {@link Recording#ACTIVE_PARAMETERS}
   * @throws IllegalStateException if the pass was not recorded for parameter gradients, or after a first call
   */
  NamedTensors parameterGradients(Tensor logitGradient);

  @Override
  void close();
}
