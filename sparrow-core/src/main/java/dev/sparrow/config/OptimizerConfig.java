package dev.sparrow.config;

import dev.sparrow.schedule.LearningRateKind;
import java.util.List;
import org.apiguardian.api.API;

/**
 * SGD with momentum and weight decay, and the course of its learning rate.
 *
 * @param lr initial (multistep, cosine) or peak (cyclic) learning rate
 * @param lrSchedule its course
 * @param lrMilestones epochs at which multistep divides it by ten, ascending
 * @param momentum in [0, 1)
 * @param weightDecay at least 0
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record OptimizerConfig(
    double lr, LearningRateKind lrSchedule, List<Integer> lrMilestones, double momentum, double weightDecay) {

  /** The paper's optimizer. */
  public static final OptimizerConfig DEFAULT = new OptimizerConfig(0.1, LearningRateKind.MULTISTEP, List.of(100, 150), 0.9, 5e-4);

  /** Checks the ranges. */
  public OptimizerConfig {
    lrMilestones = List.copyOf(lrMilestones);
    Check.positive("lr", lr);
    Check.within("momentum", 0, Math.nextDown(1.0), momentum);
    Check.within("weight-decay", 0, Double.MAX_VALUE, weightDecay);
    Check.ascending("lr-milestones", lrMilestones);
  }
}
