package dev.sparrow.attack;

import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Fast gradient sign method (Goodfellow et al., 2015): one step of the whole radius from the clean image. Uses no randomness.
 *
 * @param threatModel norm and radius
 * @param loss what is climbed
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Fgsm(ThreatModel threatModel, Loss loss) implements Attack {

  /** {@code fgsm}. */
  @Override
  public String name() {
    return "fgsm";
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor adversarial = scope.keep(images.clone());
      new Ascent(model, labels, loss, threatModel.around(images)).step(adversarial, threatModel.eps().value());
      return adversarial;
    }
  }
}
