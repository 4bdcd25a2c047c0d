package dev.sparrow.cli;

/** What the program's exit code says; part of the command line's contract. */
final class ExitCode {

  /** Done. */
  static final int OK = 0;

  /** Data, a file, the machine or the program is at fault. */
  static final int FAILURE = 1;

  /** The command itself is at fault. */
  static final int USAGE = 2;

  /** The training's loss became NaN or infinite; the last good checkpoint is kept. */
  static final int DIVERGED = 3;

  /** Something was measured, but there are reasons not to trust it. */
  static final int FLAGGED = 4;

  /** Stopped by Ctrl-C or SIGTERM, with the state saved. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
