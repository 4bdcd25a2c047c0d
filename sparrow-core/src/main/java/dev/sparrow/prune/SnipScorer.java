package dev.sparrow.prune;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;

/**
 * Connection sensitivity |w g|, where g is the gradient of the mean cross-entropy over all images of all batches (Lee et al., "SNIP:
 * single-shot network pruning based on connection sensitivity", 2019, section 4).
 *
 * <p>Differs from the paper: not divided by the sum over all weights, which changes no ranking.
 */
final class SnipScorer implements Scorer {

  @Override
  public boolean needsImages() {
    return true;
  }

  @Override
  public NamedTensors scores(Subject subject) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors gradient = subject.average(batch -> LossGradient.of(subject.model(), batch));
      return scope.keep(subject.weights().map((name, weight) -> gradient.get(name).mul(weight).abs_()));
    }
  }
}
