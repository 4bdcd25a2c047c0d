package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The l2 ball: each image within a Euclidean distance of {@code eps} of its centre, and in [0, 1]. A projection goes to the box first and
 * to the radius afterwards, as advertorch's does; drawing an image towards a centre that is in the box keeps it there. AutoAttack goes to
 * the radius first: clipping to a box that the centre is in shortens the perturbation. (Either way finds a point of both sets, not always
 * the nearest one.)
 */
final class L2Ball implements Ball {

  /** A gradient shorter than this is zero or rounding, and is not stretched to length 1. */
  private static final double SMALLEST_LENGTH = 1e-12;

  private final Tensor centre;
  private final double eps;
  private final boolean boxFirst;

  L2Ball(Tensor centre, double eps) {
    this(centre, eps, true);
  }

  private L2Ball(Tensor centre, double eps, boolean boxFirst) {
    this.centre = centre;
    this.eps = eps;
    this.boxFirst = boxFirst;
  }

  /** The same ball with AutoAttack's projection. */
  static L2Ball radiusFirst(Tensor centre, double eps) {
    return new L2Ball(centre, eps, false);
  }

  @Override
  public void project(Tensor images) {
    if (boxFirst) {
      Arithmetic.clampInPlace(images, 0, 1);
      shorten(images);
    } else {
      shorten(images);
      Arithmetic.clampInPlace(images, 0, 1);
    }
  }

  private void shorten(Tensor images) {
    try (TensorScope scope = TensorScope.open()) {
      images.sub_(centre);
      Tensor factor = Arithmetic.lengths(images);
      Arithmetic.clampMinInPlace(factor, Math.max(eps, SMALLEST_LENGTH));
      factor.reciprocal_();
      Arithmetic.scaleInPlace(factor, eps);
      images.mul_(factor).add_(centre);
    }
  }

  /**
   * The gradient divided by its length, per image. Differs from advertorch, which divides by at least 1e-6 and so hardly moves an image
   * that the network is very sure of.
   */
  @Override
  public void ascent(Tensor gradient) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor length = Arithmetic.lengths(gradient);
      Arithmetic.clampMinInPlace(length, SMALLEST_LENGTH);
      gradient.div_(length);
    }
  }

  /**
   * Uniform in the whole box, then drawn towards the centre to the radius: advertorch's random start. For the usual radii that is a point
   * on the sphere, in the direction of uniform noise; it is not uniform in the ball.
   */
  @Override
  public Tensor sample(Rng rng) {
    Tensor images = rng.uniformLike(centre, 0, 1);
    project(images);
    return images;
  }

  @Override
  public Tensor distances(Tensor images) {
    return TensorScope.tidy(() -> Arithmetic.lengths(images.sub(centre)).flatten());
  }
}
