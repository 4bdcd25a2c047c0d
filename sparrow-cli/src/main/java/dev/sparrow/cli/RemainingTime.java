package dev.sparrow.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a piece of work will still take, from what was done so far and how long that took. */
final class RemainingTime {

  private final long total;
  private final LongSupplier nanoTime;
  private final long start;

  /**
   * Starts the clock.
   *
   * @param total units of work
   * @param nanoTime the clock
   */
  RemainingTime(long total, LongSupplier nanoTime) {
    this.total = total;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /**
   * An estimate.
   *
   * @param done units done, at least 1
   * @return the time until the end at the mean speed so far
   */
  Duration after(long done) {
    return Duration.ofNanos((nanoTime.getAsLong() - start) / done * Math.max(0, total - done));
  }
}
