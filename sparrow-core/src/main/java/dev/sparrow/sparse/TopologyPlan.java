package dev.sparrow.sparse;

import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import java.util.Optional;

/**
 * How masks move during training: what distinguishes one sparse method from another.
 *
 * @param schedule when
 * @param dropFraction how many weights are dropped
 * @param growth which weights are activated instead
 * @param controller what changes the density; empty where it stays
 */
public record TopologyPlan(UpdateSchedule schedule, DropFraction dropFraction, GrowthRule growth, Optional<DensityController> controller) {

  /**
   * Masks that never move.
   *
   * @return a plan without updates
   */
  public static TopologyPlan fixed() {
    return new TopologyPlan(UpdateSchedule.never(), new DropFraction.Constant(0), new RandomGrowth(), Optional.empty());
  }
}
