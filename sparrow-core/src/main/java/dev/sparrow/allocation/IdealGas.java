package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Gases of different amounts that one pressure f compresses until their volumes add up to a target: a layer of amount a gets the density
 * 1 / (f a + 1).
 *
 * <p>If a layer of density d did the harm d - log(d), whatever its size, these would be the least harmful densities at a price of f a for
 * the whole layer: the derivative 1 - 1 / d + f a is zero there. So the amount says what a budget is spent on.
 *
 * @param shapes weight shape by parameter name
 * @param amount of a layer by its name, above 0
 */
record IdealGas(Map<String, Shape> shapes, ToDoubleFunction<String> amount) {

  /** Upper bound of the bisection; the reference's, so that the same middles are tried. */
  private static final double HIGHEST_PRESSURE = 1e20;

  /** How far the total may be from the target, in weights. */
  private static final double TOLERANCE = 1;

  /** The densities whose active weights are the target's, to within one. */
  Map<String, Density> compress(Density target) {
    double pressure = pressure(target);
    Map<String, Density> densities = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> densities.put(name, new Density(density(name, pressure))));
    return Collections.unmodifiableMap(densities);
  }

  private double density(String name, double pressure) {
    return 1 / (pressure * amount.applyAsDouble(name) + 1);
  }

  /** Solves for f by bisection: the total falls strictly as f grows. */
  private double pressure(Density target) {
    if (target.value() == 1) {
      return 0;
    }
    double wanted = target.value() * shapes.values().stream().mapToLong(Shape::size).sum();
    double low = 0;
    double high = HIGHEST_PRESSURE;
    while (true) {
      double middle = (low + high) / 2;
      double active = active(middle);
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

  private double active(double pressure) {
    return shapes.entrySet().stream().mapToDouble(layer -> layer.getValue().size() * density(layer.getKey(), pressure)).sum();
  }
}
