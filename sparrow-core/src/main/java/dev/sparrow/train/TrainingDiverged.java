package dev.sparrow.train;

/** The loss or a weight is no longer finite. The last checkpoint is from before. */
public final class TrainingDiverged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingDiverged(RuntimeException failure, int epoch, long iteration) {
    super(failure.getMessage() + " (epoch " + epoch + ", iteration " + iteration + "); the last checkpoint is kept", failure);
  }

  TrainingDiverged(String what, double got, int epoch, long iteration) {
    super(what + ": expected a finite number, got " + got + " (epoch " + epoch + ", iteration " + iteration + "); the last checkpoint is kept");
  }
}
