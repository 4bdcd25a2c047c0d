package dev.sparrow.interop;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;

/** Where an import has a fact about a network from. */
public enum KnownFrom implements Labelled {
  /** The file describes its network. */
  DESCRIPTION("description"),
  /** The tensors of the file: their names, shapes or values. */
  TENSORS("tensors"),
  /** The user. */
  OPTION("option"),
  /** It is not known. */
  NOWHERE("nowhere");

  private final String label;

  KnownFrom(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }
}
