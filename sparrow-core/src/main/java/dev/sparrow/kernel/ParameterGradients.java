package dev.sparrow.kernel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.units.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One array per parameter, allocated when the first gradient is wanted and used again. */
final class ParameterGradients {

  private final Map<String, Shape> shapes;
  private final Map<String, float[]> arrays = new LinkedHashMap<>();

  /** Whether there may be something else than zero at positions that are not active now. */
  private boolean stale;

  ParameterGradients(Blueprint blueprint) {
    shapes = blueprint.parameters();
  }

  /** Makes all arrays ready to be written at active positions only. */
  void begin(boolean everywhere) {
    if (arrays.isEmpty()) {
      shapes.forEach((name, shape) -> arrays.put(name, new float[Math.toIntExact(shape.size())]));
    } else if (stale) {
      arrays.values().forEach(array -> Arrays.fill(array, 0));
    }
    stale = everywhere;
  }

  /** Other weights are active from now on. */
  void activationChanged() {
    stale = true;
  }

  float[] of(String parameter) {
    return arrays.get(parameter);
  }

  Map<String, float[]> all() {
    return Collections.unmodifiableMap(arrays);
  }
}
