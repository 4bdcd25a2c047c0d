package dev.sparrow.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines as a shell takes them. */
final class ShellWords {

  private ShellWords() {}

  /**
   * Joins words to a command line.
   *
   * @param words the words
   * @return with single quotes around those that a shell would take apart
   */
  static String join(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./,:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
