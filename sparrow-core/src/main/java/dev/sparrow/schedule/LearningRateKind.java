package dev.sparrow.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The course of the learning rate. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum LearningRateKind implements Labelled {
  /** Divided by ten at each milestone epoch, the default. */
  MULTISTEP("multistep"),
  /** Half a cosine from the initial rate to zero. */
  COSINE("cosine"),
  /** Linear from zero to the peak at two fifths, then linear to zero. */
  CYCLIC("cyclic");

  private final String label;

  LearningRateKind(String label) {
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
   * @param label one of multistep, cosine, cyclic
   * @return the constant
   */
  @JsonCreator
  public static LearningRateKind parse(String label) {
    return Labelled.parse(LearningRateKind.class, "lr-schedule", label);
  }
}
