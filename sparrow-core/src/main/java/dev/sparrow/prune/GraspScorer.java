package dev.sparrow.prune;

import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Curvature;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Gradient signal preservation: w (H g), where g and H are gradient and Hessian by the active prunable weights of the mean cross-entropy of
 * the logits over a temperature (Wang et al., "Picking winning tickets before training by preserving gradient flow", 2020, section 4).
 *
 * <p>Sign: removing a weight changes the squared length of the gradient by -2 w (H g) to first order. The paper scores with -w (H g) and
 * removes the largest, those whose removal costs the gradient flow least. Here larger is kept, so the sign is the opposite and the kept
 * weights are the same.
 *
 * <p>Differs from the paper's code: not divided by the magnitude of the sum, which changes no ranking; images come in the order of the data
 * and not as 10 to 25 per class in two halves; the linear layer keeps its initial weights.
 */
final class GraspScorer implements Scorer {

  /** Softens the predictions, so that the scores depend less on how confident an untrained network happens to be. */
  private static final double TEMPERATURE = 200;

  @Override
  public boolean needsImages() {
    return true;
  }

  @Override
  public NamedTensors scores(Subject subject) {
    try (TensorScope scope = TensorScope.open()) {
      Curvature curvature = new Curvature(subject.libtorch("grasp"));
      Set<String> names = subject.active().names();
      NamedTensors gradient = subject.average(batch -> curvature.gradient(batch.images(), losses(batch), names));
      gradient.forEach((name, tensor) -> tensor.mul_(subject.active().get(name))); // what was pruned takes no part in the flow
      NamedTensors product = subject.average(batch -> curvature.hessianVectorProduct(batch.images(), losses(batch), gradient));
      return scope.keep(subject.weights().map((name, weight) -> product.get(name).mul(weight)));
    }
  }

  private static UnaryOperator<Tensor> losses(DeviceBatch batch) {
    return logits -> CrossEntropy.INSTANCE.perImage(logits.div(new Scalar(TEMPERATURE)), batch.labels());
  }
}
