package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** What says how much a weight matters when weights are pruned before or after a training. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum ScorerKind implements Labelled {
  /** Nothing: random scores, the default. */
  RANDOM("random"),
  /** The magnitude of the weight. */
  MAGNITUDE("magnitude"),
  /** Connection sensitivity, the magnitude of gradient times weight (Lee et al., 2019). */
  SNIP("snip"),
  /** What removing the weight does to the gradient flow (Wang et al., 2020). */
  GRASP("grasp"),
  /** Synaptic flow, which needs no images (Tanaka et al., 2020). */
  SYNFLOW("synflow"),
  /** First-order Taylor expansion of the loss, the squared gradient times weight (Molchanov et al., 2019). */
  TAYLOR("taylor");

  private final String label;

  ScorerKind(String label) {
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
   * @param label one of random, magnitude, snip, grasp, synflow, taylor
   * @return the constant
   */
  @JsonCreator
  public static ScorerKind parse(String label) {
    return Labelled.parse(ScorerKind.class, "scorer", label);
  }
}
