package dev.sparrow.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A response body that fails when nothing arrives for a while; the JDK's client bounds only the time until the headers. */
final class StallGuard implements AutoCloseable {

  private static final int CHECKS_PER_LIMIT = 4;

  private final InputStream body;
  private final Duration limit;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sparrow-download-stall");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long lastArrival = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration limit) {
    this.body = body;
    this.limit = limit;
    long interval = Math.max(1, limit.toMillis() / CHECKS_PER_LIMIT);
    clock.scheduleWithFixedDelay(this::check, interval, interval, TimeUnit.MILLISECONDS);
  }

  int read(byte[] buffer) throws IOException {
    lastArrival = System.nanoTime();
    int n;
    try {
      n = body.read(buffer);
    } catch (IOException e) {
      throw stalled ? stall() : e;
    }
    if (stalled) {
      throw stall();
    }
    return n;
  }

  private IOException stall() {
    return new IOException("nothing for " + limit.toSeconds() + " s");
  }

  private void check() {
    if (System.nanoTime() - lastArrival > limit.toNanos()) {
      stalled = true;
      try {
        body.close();
      } catch (IOException e) {
        // The reader, woken by the closing, reports the stall.
      }
    }
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    body.close();
  }
}
