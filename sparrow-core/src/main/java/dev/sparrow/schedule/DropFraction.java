package dev.sparrow.schedule;

import org.apiguardian.api.API;

/**
 * The fraction of a layer's active weights that a topology update drops, as a pure function of the steps taken. The reference calls it
 * the death rate.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public sealed interface DropFraction {

  /** Where the decaying courses end. */
  double FINAL = 0.005;

  /**
   * The fraction in force after an optimizer step; an update that follows this step uses it.
   *
   * @param stepsTaken optimizer steps taken so far over the whole run; past the end of the course the last value holds
   * @return in [0, 1]
   */
  double at(long stepsTaken);

  /**
   * Builds a schedule.
   *
   * @param kind its course
   * @param initial fraction before the first step, in [0, 1]; below {@link #FINAL} every course stays there
   * @param steps length of the course, at least 1
   * @return the schedule
   */
  static DropFraction of(DropFractionKind kind, double initial, long steps) {
    return switch (kind) {
      case COSINE -> new Cosine(initial, Math.min(initial, FINAL), steps);
      case LINEAR -> new Linear(initial, Math.min(initial, FINAL), steps);
      case CONSTANT -> new Constant(initial);
    };
  }

  /**
   * Half a cosine.
   *
   * @param initial value before the first step
   * @param last value after the last step
   * @param steps length of the course
   */
  record Cosine(double initial, double last, long steps) implements DropFraction {

    @Override
    public double at(long stepsTaken) {
      double progress = Math.min(stepsTaken, steps) / (double) steps;
      return last + (initial - last) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
  }

  /**
   * A straight line.
   *
   * @param initial value before the first step
   * @param last value after the last step
   * @param steps length of the course
   */
  record Linear(double initial, double last, long steps) implements DropFraction {

    @Override
    public double at(long stepsTaken) {
      double progress = Math.min(stepsTaken, steps) / (double) steps;
      return initial + (last - initial) * progress;
    }
  }

  /**
   * Always the same.
   *
   * @param value the fraction
   */
  record Constant(double value) implements DropFraction {

    @Override
    public double at(long stepsTaken) {
      return value;
    }
  }
}
