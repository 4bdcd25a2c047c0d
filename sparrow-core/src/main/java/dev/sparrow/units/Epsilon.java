package dev.sparrow.units;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.BadInput;
import java.util.Locale;
import org.apiguardian.api.API;

/**
 * A length in pixel units, where a pixel is in [0, 1]: a perturbation's radius or an attack's step. Reads {@code 8/255} and {@code 0.031}.
 *
 * @param value finite, not negative
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Epsilon(double value) {

  private static final double LEVELS = 255;

  /** Checks the range. */
  public Epsilon {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw BadInput.usage("epsilon", "a number of at least 0 in pixel units, such as 8/255 or 0.031", value);
    }
  }

  /**
   * A number of 8-bit grey levels.
   *
   * @param levels for example 8 for 8/255
   * @return the length
   */
  public static Epsilon levels(double levels) {
    return new Epsilon(levels / LEVELS);
  }

  /**
   * Reads a fraction or a decimal.
   *
   * @param text for example {@code "8/255"} or {@code "0.031"}
   * @return the length
   * @throws BadInput if it is neither
   */
  @JsonCreator
  public static Epsilon parse(String text) {
    try {
      int slash = text.indexOf('/');
      if (slash < 0) {
        return new Epsilon(Double.parseDouble(text.strip()));
      }
      return new Epsilon(Double.parseDouble(text.substring(0, slash).strip()) / Double.parseDouble(text.substring(slash + 1).strip()));
    } catch (NumberFormatException e) {
      throw BadInput.usage("epsilon", "a fraction such as 8/255 or a decimal such as 0.031", "'" + text + "'");
    }
  }

  /** Prints k/255 where that is exact, else the decimal. */
  @JsonValue
  @Override
  public String toString() {
    double levels = value * LEVELS;
    double tenths = Math.rint(levels * 100) / 100;
    if (tenths / LEVELS == value) {
      return tenths == Math.rint(tenths) ? String.format(Locale.ROOT, "%.0f/255", tenths) : tenths + "/255";
    }
    return Double.toString(value);
  }
}
