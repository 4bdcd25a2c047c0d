package dev.sparrow.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What every command has: the common options, and the streams it writes to. */
abstract class SparrowCommand {

  /** Order of the options that stand behind a command's own in its help. */
  static final int LAST = 1;

  @Option(names = {"-h", "--help"}, order = LAST, usageHelp = true, description = "Show this help and exit")
  private boolean help;

  @Option(names = "--stacktrace", order = LAST, description = "Show where in the program an error came from (a switch; default: off)")
  private boolean stacktrace;

  @Spec private CommandSpec spec;

  /** The command as picocli knows it. */
  final CommandSpec spec() {
    return spec;
  }

  /** The options and parameters of this call. */
  final ParseResult parsed() {
    return spec.commandLine().getParseResult();
  }

  /** Standard output: results. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error: progress and messages. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
