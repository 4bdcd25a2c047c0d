package dev.sparrow.attack;

import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * The attack of "fast" adversarial training (Wong et al., 2020): one step of 1.25 times the radius from a random image of the ball, clipped
 * to the ball. Without the random start, training against one step overfits to that step.
 *
 * @param threatModel norm and radius
 * @param loss what is climbed
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record FastFgsm(ThreatModel threatModel, Loss loss) implements Attack {

  private static final double STEP_PER_EPS = 1.25;

  /** {@code fast-fgsm}. */
  @Override
  public String name() {
    return "fast-fgsm";
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    try (TensorScope scope = TensorScope.open()) {
      Ball ball = threatModel.around(images);
      Tensor adversarial = scope.keep(ball.sample(rng));
      new Ascent(model, labels, loss, ball).step(adversarial, STEP_PER_EPS * threatModel.eps().value());
      return adversarial;
    }
  }
}
