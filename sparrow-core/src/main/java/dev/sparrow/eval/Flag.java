package dev.sparrow.eval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** A reason to doubt an evaluation. Each has a section in {@code docs/evaluation-flags.md}. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Flag implements Labelled {
  /** The same images get different answers. */
  RANDOMIZED_OUTPUT("randomized-output"),
  /** The network gives probabilities where attacks need logits. */
  SOFTMAX_OUTPUT("softmax-output"),
  /** The network cannot be differentiated by its images. */
  NO_GRADIENTS("no-gradients"),
  /** Images that gradients say nothing about. */
  ZERO_GRADIENTS("zero-gradients"),
  /** Fewer classes than an attack is made for. */
  TOO_FEW_CLASSES("too-few-classes"),
  /** An attack without gradients broke images that those with gradients left standing. */
  BLACK_BOX_BEATS_WHITE_BOX("black-box-beats-white-box"),
  /** The network was computed in less than single precision. */
  REDUCED_PRECISION("reduced-precision"),
  /** An attack gave images for broken that were not. */
  UNVERIFIED_CLAIMS("unverified-claims");

  private static final String PAGE = "docs/evaluation-flags.md";

  private final String label;

  Flag(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Where the flag is explained.
   *
   * @return a page of the documents, and its section
   */
  public String page() {
    return PAGE + "#" + label;
  }

  /**
   * Reads a label.
   *
   * @param label one of those above
   * @return the constant
   */
  @JsonCreator
  public static Flag parse(String label) {
    return Labelled.parse(Flag.class, "flag", label);
  }
}
