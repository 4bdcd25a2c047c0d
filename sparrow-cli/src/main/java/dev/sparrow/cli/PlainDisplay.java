package dev.sparrow.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Progress as lines, for files and pipes: none for work that is quick, one every ten seconds otherwise. */
final class PlainDisplay implements ProgressDisplay {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private long lastLine;

  /**
   * A display.
   *
   * @param err takes the lines
   * @param nanoTime the clock
   */
  PlainDisplay(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong();
  }

  @Override
  public synchronized void line(String text) {
    err.println(text);
    lastLine = nanoTime.getAsLong();
  }

  @Override
  public synchronized void progress(String task, long done, long total, String details) {
    if (nanoTime.getAsLong() - lastLine >= HEARTBEAT.toNanos()) {
      line("  " + task + ": " + done + "/" + total + (details.isEmpty() ? "" : ", " + details));
    }
  }

  @Override
  public void close() {
    err.flush();
  }
}
