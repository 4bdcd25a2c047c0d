package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** How a stage of Robust Bird trains, under the reference's names. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum StageObjective implements Labelled {
  /** Standard training on clean images, the cheapest and the default of the first stage. */
  SGD("sgd", Objective.STANDARD),
  /** Single-step adversarial training with a cyclic learning rate. */
  FAST("fast", Objective.FGSM),
  /** PGD adversarial training, the default of the second stage. */
  PGD("pgd", Objective.PGD);

  private final String label;
  private final Objective objective;

  StageObjective(String label, Objective objective) {
    this.label = label;
    this.objective = objective;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * What it minimises.
   *
   * @return the objective
   */
  public Objective objective() {
    return objective;
  }

  /**
   * Reads a label.
   *
   * @param label one of sgd, fast, pgd
   * @return the constant
   */
  @JsonCreator
  public static StageObjective parse(String label) {
    return Labelled.parse(StageObjective.class, "stage", label);
  }
}
