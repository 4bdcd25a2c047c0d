package dev.sparrow.units;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The norm that bounds a perturbation. */
public enum Norm implements Labelled {
  /** Largest change of any pixel. */
  LINF("linf"),
  /** Euclidean length of the change of one image. */
  L2("l2");

  private final String label;

  Norm(String label) {
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
   * @param label {@code linf} or {@code l2}
   * @return the norm
   */
  @JsonCreator
  public static Norm parse(String label) {
    return Labelled.parse(Norm.class, "norm", label);
  }
}
