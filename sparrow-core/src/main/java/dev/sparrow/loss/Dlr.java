package dev.sparrow.loss;

import dev.sparrow.tensor.Arithmetic;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Difference of logits ratio (Croce and Hein, 2020, "Reliable evaluation of adversarial robustness with an ensemble of diverse
 * parameter-free attacks"): {@code -(z_y - max_{i != y} z_i) / (z_1 - z_3 + 1e-12)}, where {@code z_1} and {@code z_3} are the largest and
 * the third largest logit. Positive where the image is misclassified, else from -1 to 0.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Dlr implements Loss {

  /** The only instance: it has no parameters. */
  public static final Dlr INSTANCE = new Dlr();

  /** With fewer classes there is no third largest logit. */
  public static final int FEWEST_CLASSES = 3;

  private Dlr() {}

  /**
   * {@inheritDoc}
   *
   * @throws dev.sparrow.BadInput with fewer than {@link #FEWEST_CLASSES} classes
   */
  @Override
  public Tensor perImage(Tensor logits, Tensor labels) {
    return LogitRatio.value(logits, () -> ratio(logits, labels));
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.sparrow.BadInput with fewer than {@link #FEWEST_CLASSES} classes
   */
  @Override
  public Tensor gradient(Tensor logits, Tensor labels) {
    return LogitRatio.gradient(logits, () -> ratio(logits, labels));
  }

  private LogitRatio ratio(Tensor logits, Tensor labels) {
    LogitRatio.check(this, logits, FEWEST_CLASSES);
    ClassOrder order = ClassOrder.of(logits);
    LogitRatio ratio = LogitRatio.like(logits);
    Arithmetic.addToColumnsInPlace(ratio.above(), order.firstBut(labels), 1);
    Arithmetic.addToColumnsInPlace(ratio.above(), labels, -1);
    Arithmetic.addToColumnsInPlace(ratio.below(), order.at(1), 1);
    Arithmetic.addToColumnsInPlace(ratio.below(), order.at(3), -1);
    return ratio;
  }

  @Override
  public String toString() {
    return "DLR";
  }
}
