package dev.sparrow.loss;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy: {@code -log softmax(z)_y}, with gradient {@code softmax(z) - onehot(y)}.
 *
 * <p>Computed through the logarithm of the softmax, so that large logits neither overflow nor lose the loss.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class CrossEntropy implements Loss {

  /** The only instance: it has no parameters. */
  public static final CrossEntropy INSTANCE = new CrossEntropy();

  private CrossEntropy() {}

  @Override
  public Tensor perImage(Tensor logits, Tensor labels) {
    return TensorScope.tidy(() -> logits.log_softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1).neg_());
  }

  @Override
  public Tensor gradient(Tensor logits, Tensor labels) {
    return TensorScope.tidy(
        () -> {
          Tensor gradient = logits.log_softmax(1).exp_();
          Arithmetic.addToColumnsInPlace(gradient, labels, -1);
          return gradient;
        });
  }

  @Override
  public String toString() {
    return "cross-entropy";
  }
}
