package dev.sparrow.attack;

import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * What an attacker may do: change an image by at most {@code eps} in {@code norm}, staying in [0, 1].
 *
 * @param norm the norm
 * @param eps the radius
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record ThreatModel(Norm norm, Epsilon eps) {

  /** What float32 sums may add to a pixel or to a perturbation's length. */
  static final double ROUNDING = 1e-6;

  private static final double ROUNDING_PER_EPS = 1e-5;

  /** The largest measured distance that rounding explains for an image of the ball. */
  double largestDistance() {
    return eps.value() * (1 + ROUNDING_PER_EPS) + ROUNDING;
  }

  /**
   * The images that this allows in place of given ones.
   *
   * @param images [N, C, H, W] float32 in [0, 1], borrowed: they must not change while the ball is used
   * @return the ball; its native memory belongs to the caller's scope
   */
  public Ball around(Tensor images) {
    return switch (norm) {
      case LINF -> new LinfBall(images, eps.value());
      case L2 -> new L2Ball(images, eps.value());
    };
  }

  /**
   * The same norm with another radius.
   *
   * @param factor of this radius
   * @return the scaled threat model
   */
  public ThreatModel scaled(double factor) {
    return new ThreatModel(norm, new Epsilon(factor * eps.value()));
  }

  /** Prints {@code linf 8/255}. */
  @Override
  public String toString() {
    return norm.label() + " " + eps;
  }
}
