package dev.sparrow.sweep;

import dev.sparrow.report.ResultRecord;
import dev.sparrow.units.Labelled;
import java.util.Optional;

/**
 * How a run of a sweep ended.
 *
 * @param run the run
 * @param ending how it ended
 * @param result what it achieved, if it is finished
 * @param problem why it diverged or failed, in one line; else empty
 */
public record RunOutcome(PlannedRun run, Ending ending, Optional<ResultRecord> result, String problem) {

  /** The ways to end. */
  public enum Ending implements Labelled {
    /** It was finished before the sweep came to it. */
    SKIPPED("finished before"),
    /** Another process had it when the sweep came to it. */
    ELSEWHERE("left to another process"),
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

  static RunOutcome elsewhere(PlannedRun run) {
    return new RunOutcome(run, Ending.ELSEWHERE, Optional.empty(), "");
  }

  static RunOutcome of(PlannedRun run, Ending ending, Throwable problem) {
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return new RunOutcome(run, ending, Optional.empty(), message);
  }
}
