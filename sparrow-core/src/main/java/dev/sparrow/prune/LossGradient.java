package dev.sparrow.prune;

import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/** The gradient of the clean cross-entropy, on any engine. */
final class LossGradient {

  private LossGradient() {}

  /** By all parameters, of the mean over the images of a batch, in the network's current mode; owned by the caller's scope. */
  static NamedTensors of(Classifier model, DeviceBatch batch) {
    try (Pass pass = model.forward(batch.images(), Recording.PARAMETERS)) {
      Tensor gradient = CrossEntropy.INSTANCE.gradient(pass.logits(), batch.labels());
      Arithmetic.scaleInPlace(gradient, 1.0 / batch.labels().numel());
      return pass.parameterGradients(gradient);
    }
  }
}
