package dev.sparrow.schedule;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The learning rate as a pure function of the steps already taken, so that a resumed run needs no state for it.
 *
 * <p>Multistep and cosine change at epoch boundaries, as PyTorch's schedulers do when they are stepped once per epoch; cyclic changes with
 * every iteration.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public sealed interface LearningRate {

  /**
   * The rate of the next optimizer step.
   *
   * @param stepsTaken optimizer steps taken so far over the whole run; at least 0
   * @return the rate, at least 0
   */
  double at(long stepsTaken);

  /**
   * Builds a schedule.
   *
   * @param kind its course
   * @param rate initial rate (multistep, cosine) or peak (cyclic)
   * @param milestones epochs at which multistep divides by ten, ascending; the others ignore them
   * @param epochs length of the run
   * @param iterationsPerEpoch optimizer steps per epoch
   * @return the schedule
   */
  static LearningRate of(LearningRateKind kind, double rate, List<Integer> milestones, int epochs, long iterationsPerEpoch) {
    return switch (kind) {
      case MULTISTEP -> new Multistep(rate, milestones, iterationsPerEpoch);
      case COSINE -> new Cosine(rate, epochs, iterationsPerEpoch);
      case CYCLIC -> new Cyclic(rate, epochs * iterationsPerEpoch);
    };
  }

  /**
   * Divided by ten at each milestone.
   *
   * @param initial rate of the first epoch
   * @param milestones epochs from which on the next tenth applies, ascending
   * @param iterationsPerEpoch optimizer steps per epoch
   */
  record Multistep(double initial, List<Integer> milestones, long iterationsPerEpoch) implements LearningRate {

    private static final double GAMMA = 0.1;

    /**
     * Copies the milestones.
     *
     * @param initial rate of the first epoch
     * @param milestones epochs from which on the next tenth applies, ascending
     * @param iterationsPerEpoch optimizer steps per epoch
     */
    public Multistep {
      milestones = List.copyOf(milestones);
    }

    /** {@inheritDoc} Multiplies by 0.1 once per milestone, in that order, to give PyTorch's bits. */
    @Override
    public double at(long stepsTaken) {
      long epoch = stepsTaken / iterationsPerEpoch;
      double rate = initial;
      for (int milestone : milestones) {
        rate = epoch >= milestone ? rate * GAMMA : rate;
      }
      return rate;
    }
  }

  /**
   * Half a cosine from the initial rate to zero, one value per epoch; zero itself would come after the last epoch.
   *
   * @param initial rate of the first epoch
   * @param epochs length of the run
   * @param iterationsPerEpoch optimizer steps per epoch
   */
  record Cosine(double initial, int epochs, long iterationsPerEpoch) implements LearningRate {

    @Override
    public double at(long stepsTaken) {
      long epoch = Math.min(stepsTaken / iterationsPerEpoch, epochs);
      return initial * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    }
  }

  /**
   * Linear from zero to the peak at two fifths of the run, then linear to zero (Wong, Rice and Kolter, "Fast is better than free", 2020).
   * The ramp is read at the end of each iteration, so the first rate is above zero and the last one is zero.
   *
   * @param peak the largest rate
   * @param iterations optimizer steps of the whole run
   */
  record Cyclic(double peak, long iterations) implements LearningRate {

    private static final double PEAK_AT = 0.4;

    @Override
    public double at(long stepsTaken) {
      double progress = Math.min(1, (stepsTaken + 1) / (double) iterations);
      return peak * (progress <= PEAK_AT ? progress / PEAK_AT : (1 - progress) / (1 - PEAK_AT));
    }
  }
}
