package dev.sparrow.sweep;

import dev.sparrow.report.ResultRecord;
import dev.sparrow.units.Labelled;
import java.util.Optional;

/**
 * How a run of a sweep ended.
 *
 * @param run the run
 * @param ending how it ended
 * @param result what it achieved, if it finished
 * @param problem why it did not, in one line; empty if it did
 */
public record RunOutcome(PlannedRun run, Ending ending, Optional<ResultRecord> result, String problem) {

  /** The ways to end. */
  public enum Ending implements Labelled {
    /** It was finished before the sweep came to it. */
    SKIPPED("finished before"),
    /** It finished. */
    FINISHED("finished"),
    /** Its loss or a weight became infinite or NaN. */
    DIVERGED("diverged"),
    /** Something went wrong. */
    FAILED("failed");

    private final String label;

    Ending(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  static RunOutcome of(PlannedRun run, Ending ending, ResultRecord result) {
    return new RunOutcome(run, ending, Optional.of(result), "");
  }

  static RunOutcome of(PlannedRun run, Ending ending, Throwable problem) {
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return new RunOutcome(run, ending, Optional.empty(), message);
  }
}
