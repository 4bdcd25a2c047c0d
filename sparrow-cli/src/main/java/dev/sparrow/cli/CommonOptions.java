package dev.sparrow.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit")
  private boolean help;

  @Option(names = "--stacktrace", description = "Show where in the program an error came from (a switch; default: off)")
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
