package dev.sparrow.analysis;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The eigenvalues of largest magnitude of a symmetric operator, one after another: repeated products, each orthogonal to the eigenvectors
 * that were found before (deflation). Memory is one vector per eigenvalue and a few more.
 *
 * @param tolerance relative change of the Rayleigh quotient from one iteration to the next at which it has settled, positive
 * @param iterations most products per eigenvalue, at least 1
 * @param seed of the first vectors
 */
public record PowerIteration(double tolerance, int iterations, Seed seed) {

  /** Below, a vector has nothing left but rounding. */
  private static final double NOTHING = 1e-12;

  /**
   * Finds eigenvalues.
   *
   * @param operator vector to product, owned by the caller's scope; linear and symmetric on the space of the masks
   * @param like one tensor per part of the vector, borrowed: their shapes
   * @param masks boolean, for some of the parts: where a vector may differ from zero
   * @param count how many eigenvalues, at least 1
   * @return the eigenvalues in the order they were found, largest magnitude first; 0 where there are no more
   */
  public List<Eigenvalue> largest(UnaryOperator<NamedTensors> operator, NamedTensors like, NamedTensors masks, int count) {
    try (TensorScope scope = TensorScope.open()) {
      List<NamedTensors> found = new ArrayList<>();
      List<Eigenvalue> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        NamedTensors vector = start(i, like, masks);
        values.add(iterate(operator, vector, masks, found));
        found.add(vector);
      }
      return values;
    }
  }

  private NamedTensors start(int index, NamedTensors like, NamedTensors masks) {
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(seed.derive("power-iteration", index))) {
      NamedTensors vector = like.map((name, tensor) -> rng.normalLike(tensor));
      Vectors.restrict(vector, masks);
      return scope.keep(vector);
    }
  }

  /** Turns the vector into the eigenvector. */
  private Eigenvalue iterate(UnaryOperator<NamedTensors> operator, NamedTensors vector, NamedTensors masks, List<NamedTensors> found) {
    List<Double> estimates = new ArrayList<>();
    normalize(vector, found);
    while (true) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors product = operator.apply(vector);
        Vectors.restrict(product, masks);
        double estimate = Vectors.dot(vector, product);
        boolean settled = settled(estimates, estimate);
        estimates.add(estimate);
        if (settled || estimates.size() == iterations) {
          Vectors.add(product, vector, -estimate);
          double residual = Vectors.length(product) / Math.max(Math.abs(estimate), NOTHING);
          return new Eigenvalue(estimate, settled, estimates.size(), residual, estimates);
        }
        normalize(product, found);
        vector.forEach((name, tensor) -> tensor.copy_(product.get(name)));
      }
    }
  }

  private boolean settled(List<Double> estimates, double estimate) {
    return !estimates.isEmpty()
        && Math.abs(estimate - estimates.get(estimates.size() - 1)) <= tolerance * Math.max(Math.abs(estimate), NOTHING);
  }

  private static void normalize(NamedTensors vector, List<NamedTensors> found) {
    found.forEach(eigenvector -> Vectors.add(vector, eigenvector, -Vectors.dot(vector, eigenvector)));
    double length = Vectors.length(vector);
    Vectors.scale(vector, length > NOTHING ? 1 / length : 0);
  }
}
