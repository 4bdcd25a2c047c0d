package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.units.Seed;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * FAB, targeted: each attempt goes for the boundary to one class, those of the second largest clean logit first. An image is broken by
 * whatever class it ends in. An iteration costs two forward passes and one input gradient, whatever the number of classes.
 *
 * @param threatModel norm and radius
 * @param targets number of classes to go for, at least 1; all others where the network has fewer. AutoAttack has 9
 * @param iterations of an attempt, at least 1; AutoAttack has 100
 * @param restarts number of attempts for each class, at least 1; AutoAttack has 1
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TargetedFab(ThreatModel threatModel, int targets, int iterations, int restarts) implements FabSearch {

  /** [N] int64: the class that the attempt goes for. */
  private static final String TARGET = "target";

  /** Checks the numbers. */
  public TargetedFab {
    FabSearch.check(iterations, restarts);
    if (targets < 1) {
      throw BadInput.usage("targets of FAB", "a whole number of at least 1", targets);
    }
  }

  /** {@code fab-t}. */
  @Override
  public String name() {
    return "fab-t";
  }

  /** The targets and the label. */
  @Override
  public int classesNeeded() {
    return targets + 1;
  }

  /** Restarts for each target. */
  @Override
  public int attempts(Classifier model) {
    return TowardsClasses.rounds(targets, model) * restarts;
  }

  @Override
  public void start(Classifier model, TensorTable rows, Seed seed) {
    FabSearch.super.start(model, rows, seed);
    try (TensorScope scope = TensorScope.open()) {
      Tensor round = rows.get(ATTEMPT).floor_divide(new Scalar(restarts));
      Tensor ranks = Arithmetic.plus(round, TowardsClasses.FIRST_RANK);
      rows.put(TARGET, TowardsClasses.order(model, rows.get(IMAGE)).at(ranks));
    }
  }

  @Override
  public Hyperplanes boundaries(Classifier model, TensorTable table) {
    return Hyperplanes.between(model, table.get(POINT), table.get(LABEL), table.get(TARGET));
  }
}
