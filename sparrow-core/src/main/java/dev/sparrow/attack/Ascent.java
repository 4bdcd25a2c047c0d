package dev.sparrow.attack;

import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Steepest ascent of a loss inside a ball: the step that FGSM takes once and PGD repeats.
 *
 * @param model the classifier under attack
 * @param labels [N] int64
 * @param loss what is climbed
 * @param ball where the images must stay
 */
record Ascent(Classifier model, Tensor labels, Loss loss, Ball ball) {

  /**
   * One step: a forward pass, one product with the Jacobian, and a few operations in place on the images. Its temporaries are released
   * before it returns.
   *
   * @param images [N, C, H, W] float32 in [0, 1], changed
   * @param length of the step in the ball's norm
   */
  void step(Tensor images, double length) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(images, Recording.INPUT)) {
      Tensor direction = pass.inputGradient(loss.gradient(pass.logits(), labels));
      ball.ascent(direction);
      Arithmetic.addInPlace(images, direction, length);
      ball.project(images);
    }
  }
}
