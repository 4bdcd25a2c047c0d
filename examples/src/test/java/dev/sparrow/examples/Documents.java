package dev.sparrow.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The project's documents. */
final class Documents {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Documents() {}

  /** The lines of a file, named from the root of the project. */
  static List<String> lines(String name) {
    try {
      return Files.readAllLines(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Java programs of a document, in order. */
  static List<List<String>> javaBlocks(String name) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> lines = lines(name);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        blocks.add(lines.subList(i + 1, end));
        i = end;
      }
    }
    return blocks;
  }
}
