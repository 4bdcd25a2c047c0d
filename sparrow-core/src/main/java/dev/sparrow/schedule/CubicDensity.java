package dev.sparrow.schedule;

import dev.sparrow.units.Density;
import org.apiguardian.api.API;

/**
 * The density of gradual pruning as a pure function of the steps taken: dense until the start, then
 * {@code last + (1 - last) (1 - (t - start) / (end - start))^3}, and exactly the last density from the end on. Most weights go early, when
 * there are many that the network can spare.
 *
 * <p>Source: Zhu and Gupta, "To prune, or not to prune" (2017), equation 1, with an initial sparsity of 0.
 *
 * @param last density from the end on
 * @param start optimizer steps taken when pruning starts, at least 0
 * @param end optimizer steps taken when the last density is reached, above the start
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record CubicDensity(Density last, long start, long end) {

  /** Checks the order of start and end. */
  public CubicDensity {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("cubic schedule: expected 0 <= start < end, got start " + start + " and end " + end);
    }
  }

  /**
   * A course over a part of a run, rounded down to whole steps but at least one step long.
   *
   * @param last density at its end
   * @param startFraction fraction of the run before its start, in [0, 1)
   * @param endFraction fraction of the run before its end, above the start, at most 1
   * @param steps length of the run, at least 1
   * @return the schedule
   */
  public static CubicDensity over(Density last, double startFraction, double endFraction, long steps) {
    long start = (long) (startFraction * steps);
    return new CubicDensity(last, start, Math.max(start + 1, (long) (endFraction * steps)));
  }

  /**
   * The same course towards another density.
   *
   * @param density at the end
   * @return a new schedule
   */
  public CubicDensity towards(Density density) {
    return new CubicDensity(density, start, end);
  }

  /**
   * The density after an optimizer step.
   *
   * @param stepsTaken optimizer steps taken so far over the whole run
   * @return from 1 down to the last density
   */
  public Density at(long stepsTaken) {
    if (stepsTaken <= start) {
      return Density.DENSE;
    }
    double left = Math.max(0, end - stepsTaken) / (double) (end - start);
    return new Density(Math.min(1, last.value() + last.sparsity() * left * left * left));
  }

  /**
   * Whether the density is followed after an iteration: at every update of a schedule between start and end, and at the end itself,
   * whatever the schedule says, so that the last density is always reached.
   *
   * @param iteration counting from 1 for the first of the run
   * @param updates when topologies are updated
   * @return true if weights are to be pruned
   */
  public boolean isDue(long iteration, UpdateSchedule updates) {
    return iteration == end || iteration > start && iteration < end && updates.isDue(iteration);
  }
}
