package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The mode of the network while a training attack runs. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum AttackMode implements Labelled {
  /** Batch statistics, running statistics updated by every pass, as the reference does; the default. */
  TRAIN("train"),
  /** Running statistics. */
  EVAL("eval"),
  /** Batch statistics, running statistics untouched. */
  TRAIN_FROZEN("train-frozen");

  private final String label;

  AttackMode(String label) {
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
   * @param label one of train, eval, train-frozen
   * @return the constant
   */
  @JsonCreator
  public static AttackMode parse(String label) {
    return Labelled.parse(AttackMode.class, "attack-mode", label);
  }
}
