package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The l-infinity ball: each pixel within {@code eps} of its centre and in [0, 1]. That is one interval per pixel, so a projection is a
 * single clamp, equal to clamping the perturbation first and the image afterwards.
 */
final class LinfBall implements Ball {

  private final Tensor centre;
  private final double eps;
  private final Tensor low;
  private final Tensor high;

  LinfBall(Tensor centre, double eps) {
    this.centre = centre;
    this.eps = eps;
    low = Arithmetic.clampInPlace(Arithmetic.plus(centre, -eps), 0, 1);
    high = Arithmetic.clampInPlace(Arithmetic.plus(centre, eps), 0, 1);
  }

  @Override
  public void project(Tensor images) {
    Arithmetic.clampInPlace(images, low, high);
  }

  /** The sign. To libtorch the sign of NaN is 0, which would pass off a broken gradient as a robust image; here NaN stays NaN. */
  @Override
  public void ascent(Tensor gradient) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor zeroOrNaN = gradient.sub(gradient);
      gradient.sign_().add_(zeroOrNaN);
    }
  }

  /** Uniform within {@code eps} of each pixel, then clipped to the box, as PGD is published (Madry et al., 2018). */
  @Override
  public Tensor sample(Rng rng) {
    Tensor images = rng.uniformLike(centre, -eps, eps);
    Arithmetic.addInPlace(images, centre, 1);
    project(images);
    return images;
  }

  @Override
  public Tensor distances(Tensor images) {
    return TensorScope.tidy(() -> images.sub(centre).abs_().amax(new long[] {1, 2, 3}, false));
  }
}
