package dev.sparrow.sweep;

import java.util.List;

/**
 * One dimension of a grid: the same keys with one value after another.
 *
 * @param values at least one
 */
record Axis(List<Setting> values) {

  private static final List<String> DENSITY = List.of("sparsity.density");
  private static final List<String> METHOD = List.of("method");
  private static final List<String> SEED = List.of("seed");

  Axis {
    values = List.copyOf(values);
  }

  List<String> keys() {
    return values.get(0).keys();
  }

  boolean isSeed() {
    return keys().equals(SEED);
  }

  boolean isMethod() {
    return keys().equals(METHOD);
  }

  /** What one of the values adds to the name of a run: {@code s1}, {@code d0.2}, {@code rigl}, {@code init-erk}. */
  String tag(Setting value) {
    String prefix = isSeed() ? "s" : isMethod() ? "" : keys().equals(DENSITY) ? "d" : value.name() + "-";
    return (prefix + value.text()).replaceAll("[^A-Za-z0-9._+-]", "_");
  }
}
