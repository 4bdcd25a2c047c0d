package dev.sparrow.config;

import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import org.apiguardian.api.API;

/**
 * A PGD attack.
 *
 * @param norm the norm that bounds the perturbation
 * @param eps its radius
 * @param stepSize length of one step
 * @param steps number of steps
 * @param randomStart whether the attack starts at a random point of the ball
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record AttackConfig(Norm norm, Epsilon eps, Epsilon stepSize, int steps, boolean randomStart) {

  /** The paper's training attack: PGD-10, l-infinity, 8/255, steps of 2/255, random start. */
  public static final AttackConfig TRAIN = new AttackConfig(Norm.LINF, Epsilon.levels(8), Epsilon.levels(2), 10, true);

  /** The paper's test attack: PGD-20. */
  public static final AttackConfig TEST = new AttackConfig(Norm.LINF, Epsilon.levels(8), Epsilon.levels(2), 20, true);

  /** Checks the ranges. */
  public AttackConfig {
    Check.atLeast("attack-steps", 1, steps);
  }
}
