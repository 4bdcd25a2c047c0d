package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.loss.Targeted;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * PGD towards one class after another: those that follow the label in the ranking of the clean logits, each on the images alone that still
 * stand. The loss of the PGD is descended with the target for the label. An image is broken by whatever class it ends in; of one that is
 * not, the perturbed image with the largest margin is returned.
 *
 * @param pgd norm, radius, steps, start, and the loss of the target class
 * @param targets number of classes, at least 1; all others where the network has fewer
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TargetedPgd(Pgd pgd, int targets) implements Attack {

  /** Checks the number of classes. */
  public TargetedPgd {
    if (targets < 1) {
      throw BadInput.usage("target classes", "a whole number of at least 1", targets);
    }
  }

  /** The name of the PGD and the number of targets, for example {@code pgd-20-t9}. */
  @Override
  public String name() {
    return pgd.name() + "-t" + targets;
  }

  @Override
  public ThreatModel threatModel() {
    return pgd.threatModel();
  }

  @Override
  public int classesNeeded() {
    return targets + 1;
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    return TensorScope.tidy(
        () -> {
          try (Onslaught onslaught = new Onslaught(model, images, labels)) {
            for (int round = 0; round < TowardsClasses.rounds(targets, model); round++) {
              int rank = TowardsClasses.FIRST_RANK + round;
              onslaught.attack(standing -> towards(TowardsClasses.order(model, standing).at(rank)), rng, round);
            }
            return onslaught.worst();
          }
        });
  }

  private Pgd towards(Tensor classes) {
    return new Pgd(pgd.threatModel(), pgd.stepSize(), pgd.steps(), pgd.randomStart(), new Targeted(pgd.loss(), classes));
  }
}
