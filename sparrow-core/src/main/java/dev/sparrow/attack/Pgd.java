package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Epsilon;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Projected gradient ascent (Madry et al., 2018): steps of constant length in the direction of steepest ascent, each projected back. The
 * last image is returned, not the one of largest loss. Costs {@code steps} forward passes and input gradients.
 *
 * @param threatModel norm and radius
 * @param stepSize length of one step
 * @param steps at least 1
 * @param randomStart whether it starts at {@linkplain Ball#sample a random image of the ball} instead of the clean one
 * @param loss what is climbed
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Pgd(ThreatModel threatModel, Epsilon stepSize, int steps, boolean randomStart, Loss loss) implements Attack {

  /** Checks the number of steps. */
  public Pgd {
    checkSteps(steps);
  }

  /** Checks a number of steps. */
  static void checkSteps(int steps) {
    if (steps < 1) {
      throw BadInput.usage("attack steps", "a whole number of at least 1", steps);
    }
  }

  /** {@code pgd-} and the number of steps. */
  @Override
  public String name() {
    return "pgd-" + steps;
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    try (TensorScope scope = TensorScope.open()) {
      Ball ball = threatModel.around(images);
      Ascent ascent = new Ascent(model, labels, loss, ball);
      Tensor adversarial = scope.keep(randomStart ? ball.sample(rng) : images.clone());
      for (int step = 0; step < steps; step++) {
        ascent.step(adversarial, stepSize.value());
      }
      return adversarial;
    }
  }
}
