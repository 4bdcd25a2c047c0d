package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Labelled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What an option's text may be. Only its form is checked here; ranges are checked in one place, the configuration's records, and only
 * described here.
 *
 * @param label placeholder in the help, in capitals; empty for a flag
 * @param range the admissible values, for the help
 * @param candidates what a shell completes
 * @param expected what a text of the wrong form should have been
 * @param reader text to the text that configuration stores; throws for a wrong form
 */
record OptionValue(String label, String range, List<String> candidates, String expected, UnaryOperator<String> reader) {

  /** A switch. */
  static final OptionValue FLAG = new OptionValue("", "a switch", List.of(), "true or false", OptionValue::readFlag);

  /** A radius or step length. */
  static final OptionValue EPSILON =
      new OptionValue(
          "EPS", "pixel units, at least 0", List.of(), "a fraction such as 8/255 or a decimal such as 0.031", OptionValue::readEpsilon);

  /**
   * A number with a fraction.
   *
   * @param label placeholder
   * @param range admissible values
   * @return the value
   */
  static OptionValue number(String label, String range) {
    return new OptionValue(label, range, List.of(), "a number", checked(Double::valueOf));
  }

  /**
   * A whole number.
   *
   * @param label placeholder
   * @param range admissible values
   * @return the value
   */
  static OptionValue wholeNumber(String label, String range) {
    return new OptionValue(label, range, List.of(), "a whole number", checked(Integer::valueOf));
  }

  /**
   * A whole number of 64 bits.
   *
   * @param label placeholder
   * @return the value
   */
  static OptionValue longNumber(String label) {
    return new OptionValue(label, "any whole number", List.of(), "a whole number", checked(Long::valueOf));
  }

  /**
   * Whole numbers, separated by commas.
   *
   * @param label placeholder
   * @param range admissible values
   * @return the value
   */
  static OptionValue wholeNumbers(String label, String range) {
    Function<String, ?> parser = text -> Arrays.stream(text.split(",")).map(String::strip).map(Integer::valueOf).toList();
    return new OptionValue(label, range, List.of(), "whole numbers, separated by commas", checked(parser));
  }

  /**
   * Free text.
   *
   * @param label placeholder
   * @param range admissible values
   * @param candidates completions
   * @return the value
   */
  static OptionValue text(String label, String range, String... candidates) {
    return new OptionValue(label, range, List.of(candidates), "text", UnaryOperator.identity());
  }

  /**
   * A constant of a closed set.
   *
   * @param label placeholder
   * @param type the set
   * @param <E> the set
   * @return the value
   */
  static <E extends Enum<E> & Labelled> OptionValue oneOf(String label, Class<E> type) {
    return oneOf(label, List.of(type.getEnumConstants()));
  }

  /**
   * One of a few constants.
   *
   * @param label placeholder
   * @param constants those that may be named
   * @return the value
   */
  static OptionValue oneOf(String label, List<? extends Labelled> constants) {
    List<String> labels = constants.stream().map(Labelled::label).toList();
    String known = "one of " + String.join(", ", labels);
    return new OptionValue(label, known, labels, known, text -> constant(labels, text));
  }

  /**
   * The same value under additional names.
   *
   * @param shortNames an alias per full name
   * @return the value
   */
  OptionValue withShortNames(Map<String, String> shortNames) {
    return new OptionValue(label, range, candidates, expected, text -> reader.apply(shortNames.getOrDefault(text, text)));
  }

  /**
   * Reads an option's text.
   *
   * @param option for the error message, for example {@code --epochs}
   * @param text what was typed
   * @return the text that the configuration stores
   * @throws BadInput if the text has the wrong form
   */
  String read(String option, String text) {
    try {
      return reader.apply(text.strip());
    } catch (BadInput | IllegalArgumentException e) {
      throw BadInput.usage(option, expected, "'" + text + "'");
    }
  }

  private static String readFlag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String readEpsilon(String text) {
    Epsilon.parse(text);
    return text;
  }

  private static UnaryOperator<String> checked(Function<String, ?> parser) {
    return text -> {
      parser.apply(text);
      return text;
    };
  }

  /** Case is ignored, as in {@link Labelled#parse}. */
  private static String constant(List<String> labels, String text) {
    return labels.stream().filter(text::equalsIgnoreCase).findFirst().orElseThrow(() -> new IllegalArgumentException(text));
  }
}
