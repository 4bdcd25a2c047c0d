package dev.sparrow.eval;

/** When to save: as often as costs next to nothing, at least every half minute. */
final class SavePace {

  private static final double LONGEST_SECONDS = 30;

  /** Saving may take one part in this many of the time. */
  private static final double SHARE = 100;

  private long last = System.nanoTime();
  private double pause;

  /** Whether it is time. */
  boolean isDue() {
    return secondsSince(last) >= pause;
  }

  /** Saves, and measures how long that takes. */
  void save(Runnable saving) {
    long start = System.nanoTime();
    saving.run();
    pause = Math.min(LONGEST_SECONDS, SHARE * secondsSince(start));
    last = System.nanoTime();
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
