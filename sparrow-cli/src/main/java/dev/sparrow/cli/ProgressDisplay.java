package dev.sparrow.cli;

import java.io.PrintWriter;

/** Shows on stderr that something long is going on: a moving bar on a terminal, a line from time to time elsewhere. */
interface ProgressDisplay extends AutoCloseable {

  /** Set by the launcher when stderr is a terminal, which Java cannot find out. */
  String TERMINAL_PROPERTY = "sparrow.terminal";

  /**
   * The display that fits where stderr goes.
   *
   * @param err standard error
   * @return to be closed when the work is over
   */
  static ProgressDisplay on(PrintWriter err) {
    return Boolean.getBoolean(TERMINAL_PROPERTY) ? new TerminalDisplay(System.err) : new PlainDisplay(err, System::nanoTime);
  }

  /**
   * Prints a line that stays.
   *
   * @param text the line
   */
  void line(String text);

  /**
   * Work went on.
   *
   * @param task what is being done; another name starts another bar
   * @param done units done
   * @param total all units
   * @param details what else to say, for example a loss
   */
  void progress(String task, long done, long total, String details);

  @Override
  void close();
}
