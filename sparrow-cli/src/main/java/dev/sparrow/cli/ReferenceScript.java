package dev.sparrow.cli;

import java.util.List;

/** One of the reference's scripts: its options, and the native command line that one of its own becomes. */
interface ReferenceScript {

  /**
   * The script's options.
   *
   * @return in the order of the help, which is that of the words they become
   */
  List<ReferenceOption> options();

  /**
   * Translates a command line, with the script's defaults where Sparrow's are others.
   *
   * @param line what was given
   * @return the native command line
   * @throws dev.sparrow.BadInput if options contradict each other
   */
  Translation translate(ReferenceCommandLine line);

  /**
   * What a command line of the script becomes.
   *
   * @param words the native command line, without the program's name
   * @param notes about what is otherwise here, or has no effect
   */
  record Translation(List<String> words, List<String> notes) {}
}
