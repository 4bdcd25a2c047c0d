package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Prepares batches on worker threads ahead of their use and hands them out in order, whichever worker finishes first. One consumer; it
 * owns the batches it receives. At most two batches per worker wait at a time.
 */
public final class BatchLoader implements Iterator<Batch>, AutoCloseable {

  private static final int AHEAD_PER_WORKER = 2;

  private final Batches batches;
  private final ExecutorService workers;
  private final Queue<Future<Batch>> pending = new ArrayDeque<>();
  private int nextToPrepare;

  /**
   * Starts preparing at once.
   *
   * @param batches the epoch
   * @param startBatch first batch to hand out, above 0 to continue in the middle of an epoch
   * @param workers threads, at least 1
   */
  public BatchLoader(Batches batches, int startBatch, int workers) {
    if (startBatch < 0 || startBatch > batches.count()) {
      throw BadInput.data("start batch", "0 to " + batches.count(), startBatch, "batch loader");
    }
    if (workers < 1) {
      throw BadInput.usage("loader workers", "a whole number of at least 1", workers);
    }
    this.batches = batches;
    this.workers = Executors.newFixedThreadPool(workers, BatchLoader::daemon);
    nextToPrepare = startBatch;
    for (int i = 0; i < AHEAD_PER_WORKER * workers; i++) {
      prepareAnother();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sparrow-batch-loader");
    thread.setDaemon(true);
    return thread;
  }

  private void prepareAnother() {
    if (nextToPrepare < batches.count()) {
      int index = nextToPrepare++;
      pending.add(workers.submit(() -> batches.get(index)));
    }
  }

  /** Whether a batch remains; false after {@link #close()}. */
  @Override
  public boolean hasNext() {
    return !pending.isEmpty();
  }

  /** The next batch, waiting for it if need be; an exception of its worker is thrown here as it was. */
  @Override
  public Batch next() {
    Future<Batch> first = pending.poll();
    if (first == null) {
      throw new NoSuchElementException("the epoch has no more batches");
    }
    prepareAnother();
    return ParallelReading.await(first);
  }

  /** Stops the workers and waits for them, which takes at most as long as one batch. */
  @Override
  public void close() {
    pending.clear();
    workers.shutdownNow();
    try {
      workers.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
