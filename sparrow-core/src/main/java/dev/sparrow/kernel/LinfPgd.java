package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Statistics;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Seed;
import java.util.SplittableRandom;
import org.apiguardian.api.API;

/**
 * Projected gradient ascent of the cross-entropy in the l-infinity ball (Madry et al., 2018), on arrays: steps of constant length along the
 * sign of the gradient, each projected back to the ball and to [0, 1]. The same arithmetic as {@code attack.Pgd} has on tensors; random
 * starts are drawn from another generator.
 *
 * @param epsilon radius of the ball
 * @param stepSize length of one step
 * @param steps at least 1
 * @param randomStart whether it starts at a random image, uniform in the ball and clipped to [0, 1], instead of the clean one
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record LinfPgd(Epsilon epsilon, Epsilon stepSize, int steps, boolean randomStart) {

  /** Checks the number of steps. */
  public LinfPgd {
    if (steps < 1) {
      throw BadInput.usage("attack steps", "a whole number of at least 1", steps);
    }
  }

  /**
   * Attacks a batch. Costs {@code steps} forward passes and input gradients.
   *
   * @param network whose loss is climbed
   * @param statistics where its batch norm takes its statistics from meanwhile
   * @param images [N, 3, H, W] in [0, 1]
   * @param labels [N]
   * @param seed of the random start
   * @param adversarial written, as many values as {@code images}
   * @throws BadInput if a label is wrong
   */
  public void perturb(
      SparseNetwork network, Statistics statistics, float[] images, long[] labels, Seed seed, float[] adversarial) {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(network.blueprint().numClasses());
    float[] logitGradient = new float[labels.length * loss.classes()];
    start(images, seed, adversarial);
    for (int step = 0; step < steps; step++) {
      try (SparsePass pass = network.forward(adversarial, labels.length, statistics, Gradients.INPUT)) {
        loss.gradient(pass.logits(), labels, 1, logitGradient);
        pass.backward(logitGradient, false);
        climb(images, pass.inputGradient(), adversarial);
      }
    }
  }

  void start(float[] images, Seed seed, float[] adversarial) {
    System.arraycopy(images, 0, adversarial, 0, images.length);
    if (randomStart && epsilon.value() > 0) {
      SplittableRandom random = new SplittableRandom(seed.value());
      for (int i = 0; i < images.length; i++) {
        adversarial[i] = project(images[i], images[i] + (float) random.nextDouble(-epsilon.value(), epsilon.value()));
      }
    }
  }

  /** One step. The sign of NaN is NaN, so that a diverged network does not pass for a robust one. */
  void climb(float[] images, float[] gradient, float[] adversarial) {
    float length = (float) stepSize.value();
    for (int i = 0; i < images.length; i++) {
      adversarial[i] = project(images[i], adversarial[i] + Math.signum(gradient[i]) * length);
    }
  }

  private float project(float centre, float pixel) {
    float radius = (float) epsilon.value();
    return Math.min(Math.max(pixel, clip(centre - radius)), clip(centre + radius));
  }

  private static float clip(float pixel) {
    return Math.min(Math.max(pixel, 0), 1);
  }
}
