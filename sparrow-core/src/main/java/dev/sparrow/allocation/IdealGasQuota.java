package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ideal-gas quota: a layer of n weights gets the density 1 / (f n + 1), like gases of different amounts that are compressed by one
 * pressure f until their volumes add up to the target. Large layers are thinned most. The total meets the target to within one weight;
 * bounds and tolerance of the search are those of the reference, and so are the quotas to their last digits.
 *
 * <p>Source: Vysogorets and Kempe, "Connectivity Matters: Neural Network Pruning Through the Lens of Effective Sparsity" (2021).
 */
public final class IdealGasQuota implements Allocation {

  /** Upper bound of the bisection; the reference's, so that the same middles are tried. */
  private static final double HIGHEST_PRESSURE = 1e20;

  /** How far the total may be from the target, in weights. */
  private static final double TOLERANCE = 1;

  @Override
  public Map<String, Density> allocate(Map<String, Shape> shapes, Density target) {
    double pressure = pressure(shapes.values(), target);
    Map<String, Density> densities = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> densities.put(name, new Density(density(shape, pressure))));
    return Collections.unmodifiableMap(densities);
  }

  private static double density(Shape shape, double pressure) {
    return 1 / (pressure * shape.size() + 1);
  }

  /** Solves for f by bisection: the total falls strictly as f grows. */
  private static double pressure(Collection<Shape> shapes, Density target) {
    if (target.value() == 1) {
      return 0;
    }
    double wanted = target.value() * shapes.stream().mapToLong(Shape::size).sum();
    double low = 0;
    double high = HIGHEST_PRESSURE;
    while (true) {
      double middle = (low + high) / 2;
      double active = active(shapes, middle);
      if (Math.abs(active - wanted) < TOLERANCE) {
        return middle;
      }
      if (active > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  private static double active(Collection<Shape> shapes, double pressure) {
    return shapes.stream().mapToDouble(shape -> shape.size() * density(shape, pressure)).sum();
  }
}
