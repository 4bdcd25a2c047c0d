package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The arithmetic of convolutions and products. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum PrecisionChoice implements Labelled {
  /** bf16 where the processor has instructions for it, else fp32; the default. */
  AUTO("auto"),
  /** Single precision. */
  FP32("fp32"),
  /** bfloat16 products; losses, batch-norm statistics, softmax and perturbations stay in fp32. */
  BF16("bf16");

  private final String label;

  PrecisionChoice(String label) {
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
   * @param label one of auto, fp32, bf16
   * @return the constant
   */
  @JsonCreator
  public static PrecisionChoice parse(String label) {
    return Labelled.parse(PrecisionChoice.class, "precision", label);
  }
}
