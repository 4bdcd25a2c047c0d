package dev.sparrow.sparse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** What Flying Bird+ decided at a topology update. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum DensityEvent implements Labelled {
  /** The density stayed. */
  NONE("none"),
  /** Extra weights were dropped. */
  PRUNE("prune"),
  /** Extra weights were grown. */
  GROW("grow"),
  /** Both fired. */
  BOTH("both");

  private final String label;

  DensityEvent(String label) {
    this.label = label;
  }

  /**
   * Two decisions as one.
   *
   * @param other the other
   * @return {@link #BOTH} if they differ and neither is {@link #NONE}
   */
  public DensityEvent and(DensityEvent other) {
    if (this == NONE) {
      return other;
    }
    return other == NONE || other == this ? this : BOTH;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of none, prune, grow, both
   * @return the constant
   */
  @JsonCreator
  public static DensityEvent parse(String label) {
    return Labelled.parse(DensityEvent.class, "event", label);
  }
}
