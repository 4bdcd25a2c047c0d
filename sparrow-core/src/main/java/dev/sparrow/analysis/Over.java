package dev.sparrow.analysis;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;

/** What varies along a robustness curve. */
public enum Over implements Labelled {
  /** The radius of the perturbations. */
  EPS("eps", "epsilon in 1/255", 255),
  /** The number of the attack's steps. */
  STEPS("steps", "attack steps, logarithmic", 1);

  private final String label;
  private final String axis;
  private final double unit;

  Over(String label, String axis, double unit) {
    this.label = label;
    this.axis = axis;
    this.unit = unit;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /** What a picture's axis says. */
  String axis() {
    return axis;
  }

  /** A value in the unit of the axis. */
  double axisValue(double value) {
    return unit * value;
  }
}
