package dev.sparrow.units;

import dev.sparrow.BadInput;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A value of a closed set with a name that users type and files store, such as {@code flying-bird-plus}. */
public interface Labelled {

  /**
   * The name on the command line and in JSON.
   *
   * @return lower case, kebab-case
   */
  String label();

  /**
   * The constant with this label.
   *
   * @param type the closed set
   * @param what what is being named, for the error message, for example {@code "--method"}
   * @param label the name to look up; case is ignored
   * @param <E> the closed set
   * @return the constant
   * @throws BadInput if no constant has this label; the message lists the known ones
   */
  static <E extends Enum<E> & Labelled> E parse(Class<E> type, String what, String label) {
    for (E constant : type.getEnumConstants()) {
      if (constant.label().equalsIgnoreCase(label.strip())) {
        return constant;
      }
    }
    throw BadInput.usage(what, "one of " + labels(type), "'" + label + "'");
  }

  /**
   * All labels of a closed set, comma-separated, in declaration order.
   *
   * @param type the closed set
   * @param <E> the closed set
   * @return for example {@code "igq, erk, er, uniform"}
   */
  static <E extends Enum<E> & Labelled> String labels(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Labelled::label).collect(Collectors.joining(", "));
  }
}
