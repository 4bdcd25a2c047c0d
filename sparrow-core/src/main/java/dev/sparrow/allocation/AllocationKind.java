package dev.sparrow.allocation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** How a global density is divided among the layers. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum AllocationKind implements Labelled {
  /** Ideal-gas quota: 1 / (f n + 1), the default. */
  IGQ("igq"),
  /** Erdos-Renyi-Kernel: proportional to the sum of all dimensions over their product. */
  ERK("erk"),
  /** Erdos-Renyi: proportional to (in + out) / (in * out). */
  ER("er"),
  /** The same density everywhere. */
  UNIFORM("uniform"),
  /** Ideal-gas quota of the time that layers take: 1 / (f n u + 1), where a weight meets u pixels. */
  TIME_AWARE("time-aware");

  private final String label;

  AllocationKind(String label) {
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
   * @param label one of igq, erk, er, uniform, time-aware
   * @return the constant
   */
  @JsonCreator
  public static AllocationKind parse(String label) {
    return Labelled.parse(AllocationKind.class, "init", label);
  }
}
