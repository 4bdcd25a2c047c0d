package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** What the training minimises. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Objective implements Labelled {
  /** Cross-entropy on clean images. */
  STANDARD("standard"),
  /** Cross-entropy on single-step adversarial images ("fast" adversarial training). */
  FGSM("fgsm"),
  /** Cross-entropy on N-FGSM images: noise of twice the radius, one step, not clipped (de Jorge et al., 2022); l-infinity only. */
  N_FGSM("n-fgsm"),
  /** Cross-entropy on PGD adversarial images, the default. */
  PGD("pgd");

  private final String label;

  Objective(String label) {
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
   * @param label one of standard, fgsm, n-fgsm, pgd
   * @return the constant
   */
  @JsonCreator
  public static Objective parse(String label) {
    return Labelled.parse(Objective.class, "objective", label);
  }
}
