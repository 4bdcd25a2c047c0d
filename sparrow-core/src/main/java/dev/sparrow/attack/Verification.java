package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Believes no attack: an image is broken only if what the attack gives in its place is finite, within the threat model, and misclassified
 * when it is classified again.
 */
public final class Verification {

  private Verification() {}

  /**
   * Looks at the images of an attack again. What rounding put outside of the ball is projected first; what lies farther outside does not
   * count. Costs one forward pass.
   *
   * @param model the classifier under attack, in {@link dev.sparrow.model.Mode#EVAL}
   * @param attack whose images these are
   * @param images [N, 3, H, W] float32 in [0, 1], the clean ones
   * @param labels [N] int64
   * @param adversarial [N, 3, H, W] float32, unchanged
   * @return image by image; its tensor belongs to the caller's scope
   * @throws AttackFailure if logits are not finite
   */
  public static Verdict of(Classifier model, Attack attack, Tensor images, Tensor labels, Tensor adversarial) {
    try (TensorScope scope = TensorScope.open()) {
      ThreatModel threatModel = attack.threatModel();
      Ball ball = threatModel.around(images);
      Tensor sound = within(threatModel, ball, adversarial);
      Tensor checked = adversarial.where(sound.view(-1, 1, 1, 1), images);
      ball.project(checked);
      Tensor wrong = Arithmetic.argmax(logits(model, attack, checked)).ne(labels);
      Tensor broken = scope.keep(wrong.logical_and_(sound));
      return new Verdict(broken, Tensors.item(ball.distances(checked).max()));
    }
  }

  /** Which images are finite, in the box and in the ball, to rounding. Comparisons with NaN are false. */
  private static Tensor within(ThreatModel threatModel, Ball ball, Tensor images) {
    return TensorScope.tidy(
        () -> {
          Tensor near = ball.distances(images).le(new Scalar(threatModel.largestDistance()));
          Tensor low = images.amin(new long[] {1, 2, 3}, false).ge(new Scalar(-ThreatModel.ROUNDING));
          Tensor high = images.amax(new long[] {1, 2, 3}, false).le(new Scalar(1 + ThreatModel.ROUNDING));
          return near.logical_and_(low).logical_and_(high);
        });
  }

  /** The logits, owned by the caller's scope; refused unless finite, since NaN would pass for a class. */
  static Tensor logits(Classifier model, Attack attack, Tensor images) {
    return TensorScope.tidy(
        () -> {
          try (Pass pass = model.forward(images, Recording.NONE)) {
            Tensor logits = pass.logits().clone();
            if (!Arithmetic.range(logits).isFinite()) {
              throw AttackFailure.notFinite("logits", attack);
            }
            return logits;
          }
        });
  }
}
