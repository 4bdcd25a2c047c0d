package dev.sparrow.loss;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * The {@linkplain Margin margin} by which another class wins, as long as it is negative; 0, with no gradient, once the image is
 * misclassified. Minus the function f6 of Carlini and Wagner (2017) with kappa 0.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class HingedMargin implements Loss {

  /** The only instance: it has no parameters. */
  public static final HingedMargin INSTANCE = new HingedMargin();

  private HingedMargin() {}

  @Override
  public Tensor perImage(Tensor logits, Tensor labels) {
    return Arithmetic.clampInPlace(Margin.INSTANCE.perImage(logits, labels), Double.NEGATIVE_INFINITY, 0);
  }

  /** NaN in the rows of logits that are not finite, so that a diverged network is noticed. */
  @Override
  public Tensor gradient(Tensor logits, Tensor labels) {
    return TensorScope.tidy(
        () -> {
          Tensor correct = Arithmetic.atLeast(Margin.INSTANCE.perImage(logits, labels), 0).logical_not_();
          return Margin.INSTANCE.gradient(logits, labels).mul_(correct.unsqueeze(1));
        });
  }

  @Override
  public String toString() {
    return "hinged margin";
  }
}
