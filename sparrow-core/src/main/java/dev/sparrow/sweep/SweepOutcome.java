package dev.sparrow.sweep;

import dev.sparrow.sweep.RunOutcome.Ending;
import java.util.List;

/**
 * How a sweep ended.
 *
 * @param runs the runs that it came to, in order
 * @param interrupted whether it was asked to stop; the run that was on is saved and not among {@code runs}
 */
public record SweepOutcome(List<RunOutcome> runs, boolean interrupted) {

  /** Copies the runs. */
  public SweepOutcome {
    runs = List.copyOf(runs);
  }

  /**
   * Whether any run ended in a certain way.
   *
   * @param ending the way
   * @return true if one did
   */
  public boolean any(Ending ending) {
    return runs.stream().anyMatch(run -> run.ending() == ending);
  }
}
