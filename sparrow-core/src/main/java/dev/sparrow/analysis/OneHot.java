package dev.sparrow.analysis;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/** The gradient of one logit per image by all logits. */
final class OneHot {

  private OneHot() {}

  /** Ones in the columns of the classes, [N, K] like the logits; owned by the caller's scope. */
  static Tensor like(Tensor logits, Tensor classes) {
    return TensorScope.tidy(
        () -> {
          Tensor gradient = BlankTensors.zerosLike(logits);
          Arithmetic.addToColumnsInPlace(gradient, classes, 1);
          return gradient;
        });
  }
}
