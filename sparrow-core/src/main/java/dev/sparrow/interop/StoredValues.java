package dev.sparrow.interop;

import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The types in which files hold prunable weights. All other tensors keep theirs. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum StoredValues implements Labelled {
  /** As they are. */
  FLOAT32("float32"),
  /** Rounded to nearest even; half of the size, 8 significant bits. */
  BFLOAT16("bfloat16");

  private final String label;

  StoredValues(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of float32, bfloat16
   * @return the constant
   */
  public static StoredValues parse(String label) {
    return Labelled.parse(StoredValues.class, "--values", label);
  }
}
