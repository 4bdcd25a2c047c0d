package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * An attack that is repeated with other random numbers, each time on those images alone that still stand. Of an image that none of them
 * breaks it returns the one with the largest margin. Costs at most {@code times} attacks and forward passes.
 *
 * @param attack with a random start, or all attempts are alike
 * @param times how often, at least 1
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Restarts(Attack attack, int times) implements Attack {

  /** Checks the number of attempts. */
  public Restarts {
    if (times < 1) {
      throw BadInput.usage("restarts", "a whole number of at least 1", times);
    }
  }

  /** The attack's name and how often, for example {@code pgd-20x5}. */
  @Override
  public String name() {
    return attack.name() + "x" + times;
  }

  @Override
  public ThreatModel threatModel() {
    return attack.threatModel();
  }

  @Override
  public boolean usesGradients() {
    return attack.usesGradients();
  }

  @Override
  public int classesNeeded() {
    return attack.classesNeeded();
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    return TensorScope.tidy(
        () -> {
          try (Onslaught onslaught = new Onslaught(model, images, labels)) {
            for (int attempt = 0; attempt < times; attempt++) {
              onslaught.attack(standing -> attack, rng, attempt);
            }
            return onslaught.worst();
          }
        });
  }
}
