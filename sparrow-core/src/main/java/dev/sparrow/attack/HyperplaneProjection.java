package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Norm;
import org.bytedeco.pytorch.Tensor;

/**
 * The shortest way from a point of the box [0, 1] to a hyperplane that does not leave the box, in a norm. Where the box does not reach the
 * hyperplane, the way goes as near to it as the box allows.
 *
 * <p>Each coordinate moves towards the hyperplane until it meets the box: with speed 1 in l-infinity, in l2 as fast as the normal is long in
 * that coordinate (those are the optimality conditions). The distance covered is then a concave, piecewise linear function of time, so
 * Newton's method from time 0 never passes the right time, and comes to it after a few steps, all rows together. The authors of FAB sort
 * the coordinates by the time of their meeting with the box instead, which finds the same.
 *
 * @param norm whose length the way minimises
 */
record HyperplaneProjection(Norm norm) {

  /** When the step of time is below this part of the time, what is left of the distance is so too: rounding in float32. */
  private static final double PRECISION = 1e-6;

  /** Later than every meeting with the box and farther than every hyperplane that it reaches, but not so that products overflow. */
  private static final double LATEST = 1e30;

  private static final double SMALLEST = Float.MIN_NORMAL;

  /**
   * The ways of a batch, to where {@code value + <normal, way>} is 0.
   *
   * @param points [N, C, H, W] in [0, 1], unchanged
   * @param normals [N, C, H, W], the normal of each hyperplane, unchanged
   * @param values [N, 1, 1, 1], the value at the point of the affine function that is 0 on the hyperplane, unchanged
   * @return [N, C, H, W], fresh, owned by the caller's scope
   */
  Tensor ways(Tensor points, Tensor normals, Tensor values) {
    return TensorScope.tidy(
        () -> {
          Tensor scale = Arithmetic.lengths(normals, Norm.LINF.order(), 1, 2, 3);
          Arithmetic.clampMinInPlace(scale, SMALLEST);
          Tensor downhill = normals.div(scale).mul_(values.sign()).neg_();
          Tensor weights = downhill.abs();
          Tensor room = points.where(downhill.lt(BlankTensors.zerosLike(values)), Arithmetic.plus(points.neg(), 1));
          Tensor speeds = norm == Norm.LINF ? Arithmetic.fillInPlace(BlankTensors.zerosLike(values), 1) : weights;
          Tensor distances = Arithmetic.clampInPlace(values.abs().div_(scale), 0, LATEST);
          Tensor times = times(weights, speeds, room, distances);
          return downhill.sign_().mul_(speeds.mul(times).minimum(room));
        });
  }

  /** When each row has covered its distance, or has nowhere left to go. */
  private static Tensor times(Tensor weights, Tensor speeds, Tensor room, Tensor distances) {
    Tensor times = BlankTensors.zerosLike(distances);
    Tensor rates = weights.mul(speeds);
    while (newtonStep(times, rates, weights, speeds, room, distances)) {}
    return times;
  }

  /** One step of every row, and whether it took any row noticeably further. */
  private static boolean newtonStep(Tensor times, Tensor rates, Tensor weights, Tensor speeds, Tensor room, Tensor distances) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor free = speeds.mul(times);
      Tensor missing = distances.sub(total(free.minimum(room).mul_(weights)));
      Tensor rate = total(rates.mul(free.lt(room)));
      Tensor step = missing.mul_(rate.gt(BlankTensors.zerosLike(rate)));
      Arithmetic.clampMinInPlace(step, 0);
      Arithmetic.clampMinInPlace(rate, SMALLEST);
      Tensor later = Arithmetic.clampInPlace(step.div_(rate).add_(times), 0, LATEST);
      Arithmetic.scaleInPlace(times, 1 + PRECISION);
      boolean moved = Tensors.item(later.gt(times).any()) != 0;
      times.copy_(later);
      return moved;
    }
  }

  /** The sum over each image of what is not negative. */
  private static Tensor total(Tensor batch) {
    return Arithmetic.lengths(batch, 1, 1, 2, 3);
  }
}
