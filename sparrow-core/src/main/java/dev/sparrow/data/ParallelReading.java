package dev.sparrow.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Applies a function to many files on a few threads. */
final class ParallelReading {

  private static final int MAX_THREADS = 8;

  private ParallelReading() {}

  /**
   * The results in the order of the items, whichever is ready first. The exception of the first item that fails is thrown as it was.
   */
  static <T, R> List<R> inOrder(List<T> items, Function<T, R> function) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    try {
      List<Future<R>> futures = items.stream().map(item -> threads.submit(() -> function.apply(item))).toList();
      List<R> results = new ArrayList<>(items.size());
      for (Future<R> future : futures) {
        results.add(await(future));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The result of a task that declares no checked exception; an exception of its thread is thrown here as it was. */
  static <R> R await(Future<R> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for data", e);
    }
  }
}
