package dev.sparrow.train;

import dev.sparrow.attack.AttackFailure;
import org.apiguardian.api.API;

/** The loss or a weight is no longer finite. The last checkpoint is from before. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class TrainingDiverged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TrainingDiverged(AttackFailure failure, int epoch, long iteration) {
    super(failure.getMessage() + " (epoch " + epoch + ", iteration " + iteration + "); the last checkpoint is kept", failure);
  }

  /** What the failure of an attack means to a run: numbers that are not finite are divergence, anything else is a defect and stays so. */
  static RuntimeException orDefect(AttackFailure failure, int epoch, long iteration) {
    return failure.isDivergence() ? new TrainingDiverged(failure, epoch, iteration) : failure;
  }

  TrainingDiverged(String what, double got, int epoch, long iteration) {
    super(what + ": expected a finite number, got " + got + " (epoch " + epoch + ", iteration " + iteration + "); the last checkpoint is kept");
  }
}
