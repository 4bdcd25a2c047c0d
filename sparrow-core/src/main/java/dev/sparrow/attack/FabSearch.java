package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What the two forms of FAB have in common (Croce and Hein, 2020, "Minimally distorted adversarial examples with a fast adaptive boundary
 * attack"). It looks for the nearest misclassified image, whatever its distance: each iteration takes the decision boundary for a
 * hyperplane, steps a little beyond it from the current image and from the clean one, mixes the two with a bias towards the clean one, and
 * where the result is misclassified goes a part of the way back.
 *
 * <p>A row is broken at the first misclassified image within the radius. The authors' code goes on to shorten the perturbation, which does
 * not change what an evaluation counts.
 */
interface FabSearch extends RepeatedSearch {

  /** [N, 3, H, W]: where the row is. */
  String POINT = "point";

  /** [N] int64: iterations of the attempt so far. */
  String ITERATION = "iteration";

  /** The largest weight of the step from the clean image. */
  double ALPHA_MAX = 0.1;

  /** How far beyond the hyperplane a step goes; 1 would end on it. */
  double OVERSHOOT = 1.05;

  /** What remains of a perturbation that was enough. */
  double BACKWARD = 0.9;

  /** How far from the clean image the restarts begin, in radii. */
  double PART_OF_RADIUS = 0.5;

  /** Keeps steps of no length from dividing. */
  double SHORTEST = 1e-8;

  /** The number of iterations of an attempt. */
  int iterations();

  /** The number of attempts with the same classes; the first starts at the clean image, the others do not. */
  int restarts();

  /** The boundaries to go for, as they look from {@link #POINT}; their tensors belong to the caller's scope. */
  Hyperplanes boundaries(Classifier model, TensorTable table);

  /** Checks what both forms are made of. */
  static void check(int iterations, int restarts) {
    if (iterations < 1) {
      throw BadInput.usage("iterations of FAB", "a whole number of at least 1", iterations);
    }
    if (restarts < 1) {
      throw BadInput.usage("restarts of FAB", "a whole number of at least 1", restarts);
    }
  }

  @Override
  default void start(Classifier model, TensorTable rows, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      RandomStart random = new RandomStart(threatModel().norm(), PART_OF_RADIUS * threatModel().eps().value());
      rows.put(POINT, random.points(rows, seed.derive(name())));
      Tensor first = rows.get(ATTEMPT).remainder(new Scalar(restarts())).eq(new Scalar(0));
      rows.overwrite(POINT, first, rows.get(IMAGE));
      rows.put(ITERATION, BlankTensors.zerosLike(rows.get(ID)));
    }
  }

  @Override
  default void iterate(Classifier model, TensorTable table, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor image = table.get(IMAGE);
      Hyperplanes boundaries = boundaries(model, table);
      if (!Arithmetic.range(boundaries.normals()).isFinite()) {
        throw AttackFailure.notFinite("input gradients", this);
      }
      Tensor point = step(threatModel().norm(), image, table.get(POINT), boundaries);
      Tensor misclassified = Arithmetic.argmax(Verification.logits(model, this, point)).ne(table.get(LABEL));
      Tensor perturbation = point.sub(image);
      Tensor distances = Arithmetic.lengths(perturbation, threatModel().norm().order(), 1, 2, 3).flatten();
      Tensor near = distances.le(new Scalar(threatModel().eps().value()));
      Search.found(table, near.logical_and_(misclassified), point);
      table.put(POINT, point);
      Arithmetic.scaleInPlace(perturbation, BACKWARD);
      table.overwrite(POINT, misclassified, perturbation.add_(image));
      table.put(ITERATION, Arithmetic.plus(table.get(ITERATION), 1));
      table.put(OVER, Arithmetic.atLeast(table.get(ITERATION), iterations()));
    }
  }

  /** Beyond the hyperplanes, from the points and from the clean images, mixed by the lengths of the two steps. */
  private static Tensor step(Norm norm, Tensor images, Tensor points, Hyperplanes boundaries) {
    HyperplaneProjection projection = new HyperplaneProjection(norm);
    Tensor here = projection.ways(points, boundaries.normals(), boundaries.values());
    Tensor there = projection.ways(images, boundaries.normals(), boundaries.valuesAt(images, points));
    Tensor lengthHere = length(norm, here);
    Tensor bias = lengthHere.div(length(norm, there).add_(lengthHere));
    Arithmetic.clampInPlace(bias, 0, ALPHA_MAX);
    Arithmetic.scaleInPlace(here, OVERSHOOT);
    Arithmetic.scaleInPlace(there, OVERSHOOT);
    here.add_(points);
    Tensor mixed = there.add_(images).sub_(here).mul_(bias).add_(here);
    return Arithmetic.clampInPlace(mixed, 0, 1);
  }

  private static Tensor length(Norm norm, Tensor ways) {
    Tensor length = Arithmetic.lengths(ways, norm.order(), 1, 2, 3);
    Arithmetic.clampMinInPlace(length, SHORTEST);
    return length;
  }
}
