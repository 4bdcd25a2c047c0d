package dev.sparrow.loss;

import dev.sparrow.tensor.Arithmetic;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Difference of logits ratio towards a target class (Croce and Hein, 2020): {@code -(z_y - z_t) / (z_1 - (z_3 + z_4) / 2 + 1e-12)}, where
 * {@code z_1}, {@code z_3} and {@code z_4} are the largest, third and fourth largest logit.
 *
 * @param targets [N] int64, the class t of each image, borrowed
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TargetedDlr(Tensor targets) implements Loss {

  /** With fewer classes there is no fourth largest logit. */
  public static final int FEWEST_CLASSES = 4;

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
    Arithmetic.addToColumnsInPlace(ratio.above(), targets, 1);
    Arithmetic.addToColumnsInPlace(ratio.above(), labels, -1);
    Arithmetic.addToColumnsInPlace(ratio.below(), order.at(1), 1);
    Arithmetic.addToColumnsInPlace(ratio.below(), order.at(3), -0.5);
    Arithmetic.addToColumnsInPlace(ratio.below(), order.at(4), -0.5);
    return ratio;
  }

  @Override
  public String toString() {
    return "targeted DLR";
  }
}
