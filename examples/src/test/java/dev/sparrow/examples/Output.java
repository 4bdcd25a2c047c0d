package dev.sparrow.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program printed. */
record Output(List<String> lines) {

  /** A program under test. */
  interface Program {

    void main(String... args) throws Exception;
  }

  static Output of(Program program, Object... args) throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.main(List.of(args).stream().map(Object::toString).toArray(String[]::new));
    } finally {
      System.setOut(out);
    }
    return new Output(bytes.toString(StandardCharsets.UTF_8).lines().toList());
  }

  /** The number in the one line that a pattern with one group fits whole. */
  double number(String pattern) {
    List<Matcher> fits = lines.stream().map(Pattern.compile(pattern)::matcher).filter(Matcher::matches).toList();
    if (fits.size() != 1) {
      throw new AssertionError("expected one line like " + pattern + ", got " + lines);
    }
    return Double.parseDouble(fits.get(0).group(1));
  }
}
