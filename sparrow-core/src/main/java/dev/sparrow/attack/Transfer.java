package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.tensor.Rng;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * An attack on another network, whose images are then tried on the one under attack. It sees nothing of the latter, so it also finds images
 * where gradients are hidden. A {@link Search} stops at the first image that the source gets wrong.
 *
 * @param attack what crafts the images
 * @param source the classifier it looks at, borrowed; of the same image size and classes
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Transfer(Attack attack, Classifier source) implements Attack {

  /** Refuses a source that gives no gradients, if the attack needs them. */
  public Transfer {
    if (attack.usesGradients() && !source.givesGradients()) {
      throw BadInput.usage("--transfer-from", "a network that gives gradients, for " + attack.name(), "one that gives none");
    }
  }

  /** {@code transfer-} and the name of the attack. */
  @Override
  public String name() {
    return "transfer-" + attack.name();
  }

  @Override
  public ThreatModel threatModel() {
    return attack.threatModel();
  }

  /** Of the network under attack it uses none. */
  @Override
  public boolean usesGradients() {
    return false;
  }

  @Override
  public int classesNeeded() {
    return attack.classesNeeded();
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    try (ModeGuard guard = source.in(Mode.EVAL)) {
      return attack.perturb(source, images, labels, rng);
    }
  }

  /** The attack; that of which network it is told from elsewhere. */
  @Override
  public String toString() {
    return "Transfer[" + attack + "]";
  }
}
