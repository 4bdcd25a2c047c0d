package dev.sparrow.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * Time and memory that something took. Memory that libtorch takes itself is not seen.
 *
 * @param seconds on the clock
 * @param bytes what this thread allocated on the heap, whether it was collected or not, and by how much buffers outside of it grew
 */
record Usage(double seconds, long bytes) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final BufferPoolMXBean BUFFERS =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(pool -> pool.getName().equals("direct"))
          .findFirst()
          .orElseThrow();

  /** Measures from the moment it is made. */
  static final class Meter {

    private final long buffers = BUFFERS.getMemoryUsed();
    private final long allocated = THREADS.getCurrentThreadAllocatedBytes();
    private final long started = System.nanoTime();

    Usage read() {
      double seconds = (System.nanoTime() - started) / 1e9;
      long heap = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      return new Usage(seconds, heap + Math.max(0, BUFFERS.getMemoryUsed() - buffers));
    }
  }
}
