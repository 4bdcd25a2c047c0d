package dev.sparrow.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** What every command has: the common options, and the streams it writes to. */
abstract class SparrowCommand {

  @Mixin private CommonOptions common;

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
