package dev.sparrow.sparse;

import dev.sparrow.mask.MaskSet;
import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.tensor.NamedTensors;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Drops the smallest weights of every layer and grows others: SET, RigL, Flying Bird and Flying Bird+.
 *
 * @param schedule when
 * @param fraction how many weights are dropped
 * @param growth which weights are activated instead
 * @param controller what changes the density; empty where it stays
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record DropAndGrowPlan(UpdateSchedule schedule, DropFraction fraction, GrowthRule growth, Optional<DensityController> controller)
    implements TopologyPlan {

  @Override
  public boolean isDue(long iteration) {
    return schedule.isDue(iteration);
  }

  @Override
  public boolean readsGradients() {
    return growth.readsGradients();
  }

  @Override
  public double dropFraction(long stepsTaken) {
    return fraction.at(stepsTaken);
  }

  @Override
  public MaskChange update(MaskSet masks, TrainingState state, NamedTensors gradients, SignalHistory signals) {
    double dropFraction = dropFraction(state.iteration());
    DensityChange change = controller.map(decider -> decider.decide(signals, state.epoch())).orElse(DensityChange.NONE);
    TopologyUpdater.Result result = new TopologyUpdater(state, gradients, new DropAndGrow(dropFraction, change, growth)).update(masks);
    return new MaskChange(result.masks(), dropFraction, result.dropped(), result.grown(), change.event());
  }
}
