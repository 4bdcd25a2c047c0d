package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;

/** How the masks of a training run come about and move. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Method implements Labelled {
  /** No masks. */
  DENSE("dense"),
  /** Random masks that never change. */
  STATIC("static"),
  /** Drop the smallest, grow at random (Mocanu et al., 2018). */
  SET("set"),
  /** Drop the smallest, grow where the gradient is largest, stop at 75 % of the training (Evci et al., 2020). */
  RIGL("rigl"),
  /** Flying Bird: drop and grow to the end of the training. */
  FLYING_BIRD("flying-bird"),
  /** Flying Bird+: the density follows the signs of robust overfitting. */
  FLYING_BIRD_PLUS("flying-bird-plus"),
  /** Gradual magnitude pruning: starts dense, the smallest weights go along a cubic schedule (Zhu and Gupta, 2017). */
  GRADUAL("gradual"),
  /** Dense training that ends when the mask it would be pruned to has settled; the first stage of Robust Bird. */
  EARLY_BIRD("early-bird"),
  /** Robust Bird: an early-bird training finds a ticket, which is then trained with its masks fixed. */
  ROBUST_BIRD("robust-bird"),
  /** A method that a program brings along; Sparrow has none of this name. */
  CUSTOM("custom");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /**
   * Whether every weight is trained.
   *
   * @return true for the methods without masks
   */
  public boolean isDense() {
    return this == DENSE || this == EARLY_BIRD;
  }

  /**
   * The methods that need nothing but a configuration.
   *
   * @return all but {@link #CUSTOM}
   */
  public static List<Method> own() {
    return Arrays.stream(values()).filter(method -> method != CUSTOM).toList();
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of dense, static, set, rigl, flying-bird, flying-bird-plus, gradual, early-bird, robust-bird, custom
   * @return the constant
   */
  @JsonCreator
  public static Method parse(String label) {
    return Labelled.parse(Method.class, "method", label);
  }
}
