package dev.sparrow.attack;

import dev.sparrow.loss.HingedMargin;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * The l-infinity attack that goes by the name of Carlini and Wagner in evaluations of robust training: {@link Pgd} on their margin with
 * kappa 0 instead of the cross-entropy. Once an image is misclassified the loss is flat, and it stays where it is.
 *
 * @param eps radius
 * @param stepSize length of one step
 * @param steps at least 1
 * @param randomStart whether it starts at a random image of the ball
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record CarliniWagnerLinf(Epsilon eps, Epsilon stepSize, int steps, boolean randomStart) implements Attack {

  /** Checks the number of steps. */
  public CarliniWagnerLinf {
    Pgd.checkSteps(steps);
  }

  /** {@code cw}. */
  @Override
  public String name() {
    return "cw";
  }

  @Override
  public ThreatModel threatModel() {
    return new ThreatModel(Norm.LINF, eps);
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    return new Pgd(threatModel(), stepSize, steps, randomStart, HingedMargin.INSTANCE).perturb(model, images, labels, rng);
  }
}
