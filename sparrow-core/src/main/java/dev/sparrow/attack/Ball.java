package dev.sparrow.attack;

import dev.sparrow.tensor.Rng;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * The images an attacker may put in place of the ones at the centre, one ball per image of a batch: within a radius in some norm, and in
 * the box [0, 1]. Make one per attack, inside the attack's scope, by {@link ThreatModel#around}.
 *
 * <p>The centre is part of the ball, not an argument of every call, so that an iteration does not compute again what depends on it alone.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Ball {

  /**
   * Moves images into the ball, in place: into the box and to the radius. What is inside already stays where it is, to rounding.
   *
   * @param images [N, C, H, W] float32, changed
   */
  void project(Tensor images);

  /**
   * Turns a gradient into the direction of steepest ascent of unit length in the norm, in place. A zero gradient gives a zero direction,
   * one that is not finite gives NaN, so that {@link AttackRunner} notices.
   *
   * @param gradient [N, C, H, W] float32, changed
   */
  void ascent(Tensor gradient);

  /**
   * Random images of the ball, one per image of the centre.
   *
   * @param rng the only source of randomness
   * @return [N, C, H, W] float32, fresh, owned by the caller's scope
   */
  Tensor sample(Rng rng);

  /**
   * The distance of each image from its centre in the norm.
   *
   * @param images [N, C, H, W] float32, unchanged
   * @return [N], fresh, owned by the caller's scope
   */
  Tensor distances(Tensor images);
}
