package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** What computes a network. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum EngineKind implements Labelled {
  /** For each part of the network whichever engine is faster on this machine, by the densities of its layers. */
  AUTO("auto"),
  /** libtorch, which multiplies by zeros like by any other number; the default. */
  DENSE("dense"),
  /** The library's own engine for sparse networks, on the CPU. */
  SPARSE("sparse");

  private final String label;

  EngineKind(String label) {
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
   * @param label one of auto, dense, sparse
   * @return the constant
   */
  @JsonCreator
  public static EngineKind parse(String label) {
    return Labelled.parse(EngineKind.class, "engine", label);
  }
}
