package dev.sparrow.cli;

import java.util.ArrayList;
import java.util.List;

/** A command line of the reference's README, run as a shell would. */
final class ReferenceLine {

  private ReferenceLine() {}

  /** Runs the words that follow the script's name; a backslash before a blank keeps the blank as a word. */
  static Program.Outcome run(String script, String readme, String... more) {
    String file = script + ".py";
    String line = readme.substring(readme.indexOf(file) + file.length()).replace("\\ \n", " ' ' ").replace("\\\n", " ");
    List<String> words = new ArrayList<>(List.of(script));
    words.addAll(Program.words(line));
    words.addAll(List.of(more));
    return Program.run(words.toArray(String[]::new));
  }
}
