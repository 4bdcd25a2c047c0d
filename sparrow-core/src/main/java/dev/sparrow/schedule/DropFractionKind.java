package dev.sparrow.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The course of the drop fraction. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum DropFractionKind implements Labelled {
  /** Half a cosine from the initial fraction to 0.005, the default. */
  COSINE("cosine"),
  /** A straight line from the initial fraction to 0.005. */
  LINEAR("linear"),
  /** Always the initial fraction. */
  CONSTANT("constant");

  private final String label;

  DropFractionKind(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of cosine, linear, constant
   * @return the constant
   */
  @JsonCreator
  public static DropFractionKind parse(String label) {
    return Labelled.parse(DropFractionKind.class, "drop-schedule", label);
  }
}
