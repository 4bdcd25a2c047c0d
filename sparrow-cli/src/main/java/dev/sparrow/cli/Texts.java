package dev.sparrow.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them, the same in every country. */
final class Texts {

  private Texts() {}

  /**
   * Formats with a decimal point and line breaks of the system.
   *
   * @param pattern as of {@link String#format}
   * @param values its values
   * @return the text
   */
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /**
   * A fraction in percent.
   *
   * @param fraction in [0, 1]
   * @return for example {@code 51.62 %}
   */
  static String percent(double fraction) {
    return format("%.2f %%", 100 * fraction);
  }

  /**
   * A length of time, roughly.
   *
   * @param duration not negative
   * @return for example {@code 45 s}, {@code 12 min}, {@code 3 h 05 min}
   */
  static String duration(Duration duration) {
    if (duration.toSeconds() < 90) {
      return duration.toSeconds() + " s";
    }
    long minutes = Math.round(duration.toSeconds() / 60.0);
    return minutes < 90 ? minutes + " min" : format("%d h %02d min", minutes / 60, minutes % 60);
  }
}
