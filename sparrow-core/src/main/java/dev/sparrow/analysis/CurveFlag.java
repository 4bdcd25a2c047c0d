package dev.sparrow.analysis;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;

/** A reason to doubt a robustness curve; {@code docs/analysis.md} explains each. */
public enum CurveFlag implements Labelled {
  /** Images stand even where an attack may turn every image into any other, or into plain grey. */
  STANDS_AT_LIMIT("stands-at-limit"),
  /** An attack of more steps breaks fewer images. */
  RISES_WITH_STEPS("rises-with-steps");

  private final String label;

  CurveFlag(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }
}
