package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** Among which weights the scores are compared. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum PruneScope implements Labelled {
  /** All prunable weights of the network: the scores alone decide each layer's density. */
  GLOBAL("global"),
  /** Those of the same layer: the allocation decides each layer's density. */
  LAYER("layer");

  private final String label;

  PruneScope(String label) {
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
   * @param label one of global, layer
   * @return the constant
   */
  @JsonCreator
  public static PruneScope parse(String label) {
    return Labelled.parse(PruneScope.class, "scope", label);
  }
}
