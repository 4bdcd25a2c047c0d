package dev.sparrow.examples;

import java.util.List;

/** The sources of the examples. */
final class Sources {

  private static final String FOLDER = "examples/src/main/java/dev/sparrow/examples/";

  private Sources() {}

  /** A whole source. */
  static List<String> of(String program) {
    return Documents.lines(FOLDER + program + ".java");
  }

  /** What lies between two marks, as far to the left as it goes. */
  static List<String> between(String program, String begin, String end) {
    List<String> all = of(program);
    List<String> stripped = all.stream().map(String::strip).toList();
    List<String> part = all.subList(stripped.indexOf(begin) + 1, stripped.indexOf(end));
    int indentation = part.get(0).length() - part.get(0).stripLeading().length();
    return part.stream().map(line -> line.isBlank() ? "" : line.substring(indentation)).toList();
  }
}
