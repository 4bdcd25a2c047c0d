package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * A search for adversarial images. Stateless: all randomness comes from the generator. Library code calls it through {@link AttackRunner}
 * only.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Attack {

  /**
   * The name in results, for example {@code pgd-20}.
   *
   * @return lower case
   */
  String name();

  /**
   * What the attack may do to an image.
   *
   * @return norm and radius
   */
  ThreatModel threatModel();

  /**
   * Whether the attack goes by gradients, which a network may hide. A black-box attack sees logits alone.
   *
   * @return true unless the attack says otherwise
   */
  default boolean usesGradients() {
    return true;
  }

  /**
   * The fewest classes with which the attack does all that it is known for: its loss may compare several logits, and it may aim at several
   * classes.
   *
   * @return at least 2
   */
  default int classesNeeded() {
    return 2;
  }

  /**
   * Perturbs a batch. The classifier's mode is the caller's choice.
   *
   * @param model the classifier under attack
   * @param images [N, 3, H, W] float32 in [0, 1], unchanged
   * @param labels [N] int64
   * @param rng the only source of randomness
   * @return [N, 3, H, W] float32 in [0, 1] and within the threat model around {@code images}; fresh, owned by the caller's scope
   */
  Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng);
}
