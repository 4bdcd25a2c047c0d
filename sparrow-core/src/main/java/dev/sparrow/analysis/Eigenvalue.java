package dev.sparrow.analysis;

import java.util.List;

/**
 * An eigenvalue that power iteration found.
 *
 * @param value the Rayleigh quotient of the last vector
 * @param converged whether it had settled; false when the most iterations were reached before
 * @param iterations products with the operator that were taken
 * @param residual length of {@code H v - value v} over the magnitude of the value, with v of length 1
 * @param estimates the Rayleigh quotient of every iteration, the last of which is the value
 */
public record Eigenvalue(double value, boolean converged, int iterations, double residual, List<Double> estimates) {

  /** Copies the estimates. */
  public Eigenvalue {
    estimates = List.copyOf(estimates);
  }
}
