package dev.sparrow.loss;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * The margin by which another class wins: {@code max_{i != y} z_i - z_y}, positive where the image is misclassified (Carlini and Wagner,
 * 2017, with kappa 0). Its gradient is 1 at that class and -1 at the label; it does not fade where the network is very sure.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Margin implements Loss {

  /** The only instance: it has no parameters. */
  public static final Margin INSTANCE = new Margin();

  private Margin() {}

  @Override
  public Tensor perImage(Tensor logits, Tensor labels) {
    return TensorScope.tidy(() -> coefficients(logits, labels).mul_(logits).sum(1));
  }

  /** NaN in the rows of logits that are not finite, so that a diverged network is noticed. */
  @Override
  public Tensor gradient(Tensor logits, Tensor labels) {
    return TensorScope.tidy(() -> coefficients(logits, labels).add_(logits.sub(logits)));
  }

  private static Tensor coefficients(Tensor logits, Tensor labels) {
    Tensor coefficients = BlankTensors.zerosLike(logits);
    Arithmetic.addToColumnsInPlace(coefficients, ClassOrder.of(logits).firstBut(labels), 1);
    Arithmetic.addToColumnsInPlace(coefficients, labels, -1);
    return coefficients;
  }

  @Override
  public String toString() {
    return "margin";
  }
}
