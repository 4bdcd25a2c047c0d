package dev.sparrow.prune;

import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;

/**
 * The squared first-order change of the loss when a weight is removed, (g w)^2, averaged over the batches (Molchanov et al., "Importance
 * estimation for neural network pruning", 2019, section 3.1), where g is the gradient of a batch's mean cross-entropy.
 *
 * <p>On one batch this ranks the weights as SNIP does. Over several it does not: here each batch is squared before the average, there the
 * gradients are averaged first.
 */
final class TaylorScorer implements Scorer {

  @Override
  public boolean needsImages() {
    return true;
  }

  @Override
  public NamedTensors scores(Subject subject) {
    return subject.average(batch -> squaredChange(subject, batch));
  }

  private static NamedTensors squaredChange(Subject subject, DeviceBatch batch) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors gradient = LossGradient.of(subject.model(), batch);
      return scope.keep(subject.weights().map((name, weight) -> gradient.get(name).mul(weight).square_()));
    }
  }
}
