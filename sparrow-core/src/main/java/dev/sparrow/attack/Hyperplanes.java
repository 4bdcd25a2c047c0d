package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Norm;
import org.bytedeco.pytorch.Tensor;

/**
 * Decision boundaries as they look from a point: one affine function per row, which is 0 on a hyperplane. The tensors belong to the scope
 * of the caller of {@link #between}.
 *
 * @param values [N, 1, 1, 1], the functions at the points; negative on the label's side
 * @param normals [N, 3, H, W], their gradients
 */
record Hyperplanes(Tensor values, Tensor normals) {

  /** Keeps a gradient of zero from dividing. */
  private static final double TINY = 1e-12;

  /**
   * The boundary between the label and another class, from the difference of the two logits. A forward pass and an input gradient.
   *
   * @param model the classifier under attack
   * @param points [N, 3, H, W], where the difference is linearised
   * @param labels [N] int64
   * @param others [N] int64, the other class of each row
   * @return the boundaries
   */
  static Hyperplanes between(Classifier model, Tensor points, Tensor labels, Tensor others) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(points, Recording.INPUT)) {
      Tensor difference = BlankTensors.zerosLike(pass.logits());
      Arithmetic.addToColumnsInPlace(difference, others, 1);
      Arithmetic.addToColumnsInPlace(difference, labels, -1);
      Tensor values = scope.keep(difference.mul(pass.logits()).sum(1).view(points.size(0), 1, 1, 1));
      return new Hyperplanes(values, scope.keep(pass.inputGradient(difference)));
    }
  }

  /** The value at the other points: [N, 1, 1, 1], fresh, owned by the caller's scope. */
  Tensor valuesAt(Tensor others, Tensor points) {
    return TensorScope.tidy(() -> normals.mul(others.sub(points)).sum(1, 2, 3).view(points.size(0), 1, 1, 1).add_(values));
  }

  /**
   * Takes over the rows of other boundaries from the same points that are nearer, without regard to the box.
   *
   * @param others the other boundaries, unchanged
   * @param norm measures how near
   */
  void takeNearer(Hyperplanes others, Norm norm) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor stay = distances(norm).le(others.distances(norm)); // false of NaN, which must not get lost
      values.copy_(values.where(stay, others.values));
      normals.copy_(normals.where(stay, others.normals));
    }
  }

  private Tensor distances(Norm norm) {
    return values.abs().div_(Arithmetic.plus(Arithmetic.lengths(normals, norm.dualOrder(), 1, 2, 3), TINY));
  }
}
