package dev.sparrow.loss;

import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Minus a loss that takes target classes for the labels: whoever climbs it makes the network predict the targets. Of the cross-entropy it
 * is {@code log softmax(z)_t}, of the margin {@code z_t - max_{i != t} z_i}.
 *
 * @param loss of the targets
 * @param targets [N] int64, the class t of each image, borrowed
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Targeted(Loss loss, Tensor targets) implements Loss {

  /** The labels play no part. */
  @Override
  public Tensor perImage(Tensor logits, Tensor labels) {
    return TensorScope.tidy(() -> loss.perImage(logits, targets).neg_());
  }

  /** The labels play no part. */
  @Override
  public Tensor gradient(Tensor logits, Tensor labels) {
    return TensorScope.tidy(() -> loss.gradient(logits, targets).neg_());
  }

  @Override
  public String toString() {
    return "targeted " + loss;
  }
}
