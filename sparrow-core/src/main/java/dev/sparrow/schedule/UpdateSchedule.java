package dev.sparrow.schedule;

import dev.sparrow.BadInput;
import org.apiguardian.api.API;

/**
 * When the topology is updated: after every iteration that is a multiple of the frequency in force. The counter is global, so changing the
 * frequency half-way does not restart the count.
 *
 * @param frequency iterations between updates at first, at least 1
 * @param laterFrequency iterations between updates after {@code switchAfter}, at least 1
 * @param switchAfter last iteration of the first frequency
 * @param stop first iteration without updates
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record UpdateSchedule(long frequency, long laterFrequency, long switchAfter, long stop) {

  /**
   * Checks the frequencies.
   *
   * @param frequency iterations between updates at first, at least 1
   * @param laterFrequency iterations between updates after {@code switchAfter}, at least 1
   * @param switchAfter last iteration of the first frequency
   * @param stop first iteration without updates
   */
  public UpdateSchedule {
    if (Math.min(frequency, laterFrequency) < 1) {
      throw BadInput.usage("update frequency", "a whole number of at least 1", Math.min(frequency, laterFrequency));
    }
  }

  /**
   * Updates at one frequency without end.
   *
   * @param frequency iterations between updates, at least 1
   * @return the schedule
   */
  public static UpdateSchedule every(long frequency) {
    return new UpdateSchedule(frequency, frequency, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * No updates at all.
   *
   * @return the schedule
   */
  public static UpdateSchedule never() {
    return every(1).stoppingAt(0);
  }

  /**
   * The same schedule with another frequency later.
   *
   * @param newFrequency iterations between updates after the switch, at least 1
   * @param afterIteration last iteration of the first frequency
   * @return a new schedule
   */
  public UpdateSchedule thenEvery(long newFrequency, long afterIteration) {
    return new UpdateSchedule(frequency, newFrequency, afterIteration, stop);
  }

  /**
   * The same schedule with an end.
   *
   * @param iteration first iteration without updates
   * @return a new schedule
   */
  public UpdateSchedule stoppingAt(long iteration) {
    return new UpdateSchedule(frequency, laterFrequency, switchAfter, iteration);
  }

  /**
   * Whether the topology is updated after an iteration.
   *
   * @param iteration counting from 1 for the first of the run
   * @return true if an update is due
   */
  public boolean isDue(long iteration) {
    return iteration < stop && iteration % (iteration <= switchAfter ? frequency : laterFrequency) == 0;
  }
}
