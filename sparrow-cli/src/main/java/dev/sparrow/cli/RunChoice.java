package dev.sparrow.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run folder or a ticket, and which checkpoint of a run. */
final class RunChoice {

  @Alternative("model")
  @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "A run folder or a ticket; or give --weights")
  private Optional<Path> run = Optional.empty();

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "best-robust",
      description = "Which of the run's checkpoints (one of best-robust, best-clean, last; default: ${DEFAULT-VALUE})")
  private String checkpoint;

  /** The run folder or the ticket; empty if none was given. */
  Optional<Path> path() {
    return run;
  }

  /** The name of the checkpoint. */
  String checkpoint() {
    return checkpoint;
  }
}
