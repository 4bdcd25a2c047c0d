package dev.sparrow.attack;

import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * What a classifier says of images, as the mean over several passes: one is enough unless it is random (expectation over transformations,
 * Athalye et al., 2018).
 *
 * @param logits [N, K]
 * @param loss [N]
 * @param gradient [N, C, H, W], of the loss by the images
 */
record Expectation(Tensor logits, Tensor loss, Tensor gradient) {

  /**
   * Asks the classifier. Costs a forward pass and an input gradient for each pass.
   *
   * @param attack who asks
   * @param model the classifier
   * @param images [N, C, H, W]
   * @param labels [N] int64
   * @param loss what is climbed
   * @param passes at least 1
   * @return tensors owned by the caller's scope
   * @throws AttackFailure if the logits are not finite
   */
  static Expectation of(Attack attack, Classifier model, Tensor images, Tensor labels, Loss loss, int passes) {
    Expectation mean = once(model, images, labels, loss);
    for (int pass = 1; pass < passes; pass++) {
      try (TensorScope scope = TensorScope.open()) {
        mean.add(once(model, images, labels, loss));
      }
    }
    if (passes > 1) {
      mean.scale(1.0 / passes);
    }
    if (!Arithmetic.range(mean.logits).isFinite()) {
      throw AttackFailure.notFinite("logits", attack);
    }
    return mean;
  }

  private static Expectation once(Classifier model, Tensor images, Tensor labels, Loss loss) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(images, Recording.INPUT)) {
      Tensor logits = scope.keep(pass.logits().clone());
      Tensor losses = scope.keep(loss.perImage(logits, labels));
      return new Expectation(logits, losses, scope.keep(pass.inputGradient(loss.gradient(logits, labels))));
    }
  }

  private void add(Expectation other) {
    logits.add_(other.logits);
    loss.add_(other.loss);
    gradient.add_(other.gradient);
  }

  private void scale(double factor) {
    Arithmetic.scaleInPlace(logits, factor);
    Arithmetic.scaleInPlace(loss, factor);
    Arithmetic.scaleInPlace(gradient, factor);
  }
}
