package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * FAB, untargeted: each iteration goes for the nearest of the boundaries to all other classes. With K classes an iteration costs K forward
 * passes and K - 1 input gradients; where K is large, {@link TargetedFab} is the attack to use.
 *
 * @param threatModel norm and radius
 * @param iterations of an attempt, at least 1; AutoAttack has 100
 * @param restarts number of attempts, at least 1; AutoAttack's {@code plus} has 5
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Fab(ThreatModel threatModel, int iterations, int restarts) implements FabSearch {

  /** Checks the numbers. */
  public Fab {
    FabSearch.check(iterations, restarts);
  }

  /** {@code fab}. */
  @Override
  public String name() {
    return "fab";
  }

  /** As many as restarts. */
  @Override
  public int attempts(Classifier model) {
    return restarts;
  }

  @Override
  public Hyperplanes boundaries(Classifier model, TensorTable table) {
    int classes = model.numClasses();
    Hyperplanes nearest = boundary(model, table, 1);
    for (int shift = 2; shift < classes; shift++) {
      try (TensorScope scope = TensorScope.open()) {
        nearest.takeNearer(boundary(model, table, shift), threatModel.norm());
      }
    }
    return nearest;
  }

  /** The boundaries to the class that follows the label after a number of classes, in a circle. */
  private static Hyperplanes boundary(Classifier model, TensorTable table, int shift) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor labels = table.get(LABEL);
      Tensor others = labels.add(new Scalar(shift)).remainder_(new Scalar(model.numClasses()));
      Hyperplanes boundary = Hyperplanes.between(model, table.get(POINT), labels, others);
      return new Hyperplanes(scope.keep(boundary.values()), scope.keep(boundary.normals()));
    }
  }
}
