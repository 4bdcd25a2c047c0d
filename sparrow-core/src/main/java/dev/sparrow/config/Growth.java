package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** Which inactive weights a topology update activates. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Growth implements Labelled {
  /** Those with the largest gradient magnitude, the default. */
  GRADIENT("gradient"),
  /** Each with the same probability. */
  RANDOM("random"),
  /** Those with the largest momentum magnitude. */
  MOMENTUM("momentum"),
  /** Those with the largest momentum, chosen among the output neurons with the largest mean momentum. */
  MOMENTUM_NEURON("momentum-neuron");

  private final String label;

  Growth(String label) {
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
   * @param label one of gradient, random, momentum, momentum-neuron
   * @return the constant
   */
  @JsonCreator
  public static Growth parse(String label) {
    return Labelled.parse(Growth.class, "growth", label);
  }
}
