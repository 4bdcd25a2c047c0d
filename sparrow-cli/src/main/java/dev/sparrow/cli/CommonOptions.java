package dev.sparrow.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {

  /** Behind a command's own options in its help. */
  static final int LAST = 1;

  @Option(names = {"-h", "--help"}, order = LAST, usageHelp = true, description = "Show this help and exit")
  private boolean help;

  @Option(names = "--stacktrace", order = LAST, description = "Show where in the program an error came from (a switch; default: off)")
  private boolean stacktrace;

  /**
   * Whether errors come with a stack trace.
   *
   * @return false by default
   */
  boolean stacktrace() {
    return stacktrace;
  }
}
