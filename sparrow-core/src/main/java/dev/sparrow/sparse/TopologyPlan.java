package dev.sparrow.sparse;

import dev.sparrow.mask.MaskSet;
import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.tensor.NamedTensors;
import java.util.Optional;
import org.apiguardian.api.API;

/** How masks move during training: what distinguishes one sparse method from another. A pure function of what it is given. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface TopologyPlan {

  /**
   * Whether the topology is updated after an iteration.
   *
   * @param iteration counting from 1 for the first of the run
   * @return true if an update is due
   */
  boolean isDue(long iteration);

  /**
   * Whether an update looks at gradients or momentum where weights are inactive.
   *
   * @return true if it needs dense gradients
   */
  boolean readsGradients();

  /**
   * The drop fraction in force after an optimizer step.
   *
   * @param stepsTaken optimizer steps taken so far over the whole run
   * @return in [0, 1]; 0 where no drop fraction governs the updates
   */
  double dropFraction(long stepsTaken);

  /**
   * Makes the masks of an update; changes no tensor.
   *
   * @param masks the present ones, borrowed
   * @param state where the run stands; the weights are masked, the momentum is not
   * @param gradients of the step just taken; dense if {@link #readsGradients()}
   * @param signals of the epochs that ended
   * @return the new masks, owned by the caller, and what was done
   */
  MaskChange update(MaskSet masks, TrainingState state, NamedTensors gradients, SignalHistory signals);

  /**
   * Masks that never move.
   *
   * @return a plan without updates
   */
  static TopologyPlan fixed() {
    return new DropAndGrowPlan(UpdateSchedule.never(), new DropFraction.Constant(0), new RandomGrowth(), Optional.empty());
  }
}
