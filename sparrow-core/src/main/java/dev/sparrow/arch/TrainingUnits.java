package dev.sparrow.arch;

import dev.sparrow.config.Objective;
import org.apiguardian.api.API;

/**
 * What training on one image costs, in forward passes. A product with a layer's Jacobian costs as much as its forward pass: the gradient by
 * the activations is one product, the gradient by the weights another.
 *
 * @param paper as the paper counts: forward and both products (3) for every attack step and for the training step
 * @param honest as Sparrow computes: forward and the product with the activations (2) for every attack step, 3 for the training step
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TrainingUnits(int paper, int honest) {

  private static final int FORWARD_AND_BOTH_PRODUCTS = 3;
  private static final int FORWARD_AND_INPUT_PRODUCT = 2;

  /**
   * The cost of a training step after an attack.
   *
   * @param steps gradient steps of the attack; 0 for training on clean images, 1 for FGSM, 10 for PGD-10
   * @return 3 (steps + 1) and 2 steps + 3: 33 and 23 for PGD-10
   */
  public static TrainingUnits afterAttack(int steps) {
    int training = FORWARD_AND_BOTH_PRODUCTS;
    return new TrainingUnits(training * (steps + 1), FORWARD_AND_INPUT_PRODUCT * steps + training);
  }

  /**
   * The cost of an objective.
   *
   * @param objective what is minimised
   * @param attackSteps steps of its attack; only PGD looks at them
   * @return the cost of one image
   */
  public static TrainingUnits of(Objective objective, int attackSteps) {
    return switch (objective) {
      case STANDARD -> afterAttack(0);
      case FGSM, N_FGSM -> afterAttack(1);
      case PGD -> afterAttack(attackSteps);
    };
  }
}
