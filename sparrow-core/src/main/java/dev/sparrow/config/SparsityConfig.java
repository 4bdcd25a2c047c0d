package dev.sparrow.config;

import dev.sparrow.allocation.AllocationKind;
import dev.sparrow.schedule.DropFractionKind;
import dev.sparrow.units.Density;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * How sparse a run is and how its masks move; see "Sparsity Winning Twice", section 3, for Flying Bird's constants.
 *
 * @param density global density at the start; of gradual pruning, at the end
 * @param init how it is divided among the layers
 * @param growth which weights a topology update activates
 * @param dropFraction fraction of the active weights that an update drops at first, in [0, 1]
 * @param dropSchedule the course of the drop fraction over the run
 * @param updateFrequency iterations between topology updates
 * @param secondUpdateFrequency iterations between them from half of the epochs on, with {@code dynamicFrequency}
 * @param dynamicFrequency whether the second frequency applies
 * @param dynamicEpoch first epoch at which Flying Bird+ may change the density; half of the epochs when empty
 * @param window epoch-to-epoch differences that Flying Bird+ looks back on
 * @param updateThreshold fraction of the window that must show the sign, in [0, 1]
 * @param pruneRatio extra fraction of the drop that Flying Bird+ does not regrow
 * @param growthRatio extra fraction of the regrowth that Flying Bird+ adds
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record SparsityConfig(
    Density density,
    AllocationKind init,
    Growth growth,
    double dropFraction,
    DropFractionKind dropSchedule,
    int updateFrequency,
    int secondUpdateFrequency,
    boolean dynamicFrequency,
    OptionalInt dynamicEpoch,
    int window,
    double updateThreshold,
    double pruneRatio,
    double growthRatio) {

  /** The paper's constants at density 0.2. */
  public static final SparsityConfig DEFAULT =
      new SparsityConfig(
          new Density(0.2),
          AllocationKind.IGQ,
          Growth.GRADIENT,
          0.5,
          DropFractionKind.COSINE,
          900,
          1200,
          false,
          OptionalInt.empty(),
          4,
          0.5,
          0.4,
          0.05);

  /** Checks the ranges. */
  public SparsityConfig {
    Check.within("drop-fraction", 0, 1, dropFraction);
    Check.atLeast("update-frequency", 1, updateFrequency);
    Check.atLeast("second-update-frequency", 1, secondUpdateFrequency);
    dynamicEpoch.ifPresent(epoch -> Check.atLeast("dynamic-epoch", 0, epoch));
    Check.atLeast("window", 1, window);
    Check.within("update-threshold", 0, 1, updateThreshold);
    Check.within("prune-ratio", 0, 1, pruneRatio);
    Check.within("growth-ratio", 0, 1, growthRatio);
  }
}
