package dev.sparrow.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The project's texts, named from its root. */
final class Documents {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Documents() {}

  /** The name of an example's source. */
  static String source(String program) {
    return "examples/src/main/java/dev/sparrow/examples/" + program + ".java";
  }

  /** A whole text. */
  static List<String> lines(String name) {
    try {
      return Files.readAllLines(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What lies between two marks, as far to the left as its first line goes. */
  static List<String> between(String name, String begin, String end) {
    List<String> all = lines(name);
    List<String> stripped = all.stream().map(String::strip).toList();
    List<String> part = all.subList(stripped.indexOf(begin) + 1, stripped.indexOf(end));
    int indentation = part.get(0).length() - part.get(0).stripLeading().length();
    return part.stream().map(line -> line.isBlank() ? "" : line.substring(indentation)).toList();
  }

  /** The blocks of a document in a language, in order. */
  static List<List<String>> blocks(String name, String language) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> lines = lines(name);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```" + language)) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        blocks.add(lines.subList(i + 1, end));
        i = end;
      }
    }
    return blocks;
  }

  /** The Java programs of a document, in order. */
  static List<List<String>> javaBlocks(String name) {
    return blocks(name, "java");
  }
}
