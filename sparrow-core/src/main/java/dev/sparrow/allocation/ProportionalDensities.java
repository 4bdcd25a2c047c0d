package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Densities proportional to a score, none above 1: what the Erdos-Renyi allocations share. */
final class ProportionalDensities {

  private ProportionalDensities() {}

  /**
   * Solves for the factor of proportionality. Clipping a layer at 1 leaves budget over, which only raises the others, so a layer once dense
   * stays dense and the loop ends after at most one round per layer.
   */
  static Map<String, Density> solve(Map<String, Shape> shapes, Density target, ToDoubleFunction<Shape> score) {
    Set<String> dense = new HashSet<>();
    double factor = factor(shapes, target, score, dense);
    while (addOverflowing(shapes, score, factor, dense)) {
      factor = factor(shapes, target, score, dense);
    }
    Map<String, Density> densities = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> layer : shapes.entrySet()) {
      double density = dense.contains(layer.getKey()) ? 1 : factor * score.applyAsDouble(layer.getValue());
      densities.put(layer.getKey(), new Density(density));
    }
    return Collections.unmodifiableMap(densities);
  }

  /** The budget left by the dense layers over the scores of the others. */
  private static double factor(Map<String, Shape> shapes, Density target, ToDoubleFunction<Shape> score, Set<String> dense) {
    double budget = 0;
    double scores = 0;
    for (Map.Entry<String, Shape> layer : shapes.entrySet()) {
      long size = layer.getValue().size();
      budget += target.value() * size;
      if (dense.contains(layer.getKey())) {
        budget -= size;
      } else {
        scores += size * score.applyAsDouble(layer.getValue());
      }
    }
    return budget / scores;
  }

  private static boolean addOverflowing(Map<String, Shape> shapes, ToDoubleFunction<Shape> score, double factor, Set<String> dense) {
    boolean added = false;
    for (Map.Entry<String, Shape> layer : shapes.entrySet()) {
      if (!dense.contains(layer.getKey()) && factor * score.applyAsDouble(layer.getValue()) > 1) {
        added |= dense.add(layer.getKey());
      }
    }
    return added;
  }
}
