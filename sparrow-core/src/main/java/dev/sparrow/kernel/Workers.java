package dev.sparrow.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed set of threads that share the tasks of one call after another. The calling thread takes part, and whoever is free takes the next
 * task; so a task must not depend on who runs it, and what tasks there are must not depend on the number of threads.
 *
 * <p>A network makes some hundred calls per batch, many shorter than a millisecond. So threads spin for a moment before they sleep, and a
 * call allocates nothing.
 */
final class Workers implements AutoCloseable {

  /** Work on one task. */
  interface Task {

    /**
     * Does it.
     *
     * @param task which
     * @param worker who: 0 for the calling thread, up to the number of threads; for memory of one's own
     */
    void run(int task, int worker);
  }

  /** Looks at a shared variable before a thread goes to sleep. */
  private static final int SPINS = 1_000;

  private final List<Thread> threads = new ArrayList<>();

  /** Number of the call in the upper half, tasks not yet taken in the lower half: one operation takes a task of one certain call. */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger sleepers = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Of the current call; written before its first ticket is. */
  private volatile Task body = (task, worker) -> {};

  private volatile int tasks;
  private volatile boolean callerSleeps;
  private volatile Thread caller = Thread.currentThread();
  private volatile boolean closed;

  Workers(int count) {
    for (int worker = 1; worker < count; worker++) {
      int id = worker;
      Thread thread = new Thread(() -> help(id), "sparrow-worker-" + worker);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /** Number of threads, the calling one included. */
  int count() {
    return threads.size() + 1;
  }

  /** Runs tasks 0 to {@code tasks - 1} and returns when all are done; the first exception of one of them is thrown. */
  void parallel(int tasks, Task body) {
    if (tasks <= 1 || threads.isEmpty()) {
      for (int task = 0; task < tasks; task++) {
        body.run(task, 0);
      }
      return;
    }
    begin(tasks, body);
    work(0);
    awaitLast();
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    } else if (thrown instanceof Error error) {
      throw error;
    }
  }

  private void begin(int tasks, Task body) {
    this.tasks = tasks;
    this.body = body;
    caller = Thread.currentThread();
    finished.set(0);
    ticket.set(((ticket.get() >>> Integer.SIZE) + 1 << Integer.SIZE) + tasks);
    if (sleepers.get() > 0) {
      threads.forEach(LockSupport::unpark);
    }
  }

  /** Takes tasks of the current call until none is left. */
  private void work(int worker) {
    long left = ticket.get();
    while ((int) left > 0) {
      Task current = body;
      int task = tasks - (int) left;
      // Succeeds only if the call is still the one that the body was read of: not all of its tasks were taken.
      if (ticket.compareAndSet(left, left - 1)) {
        run(current, task, worker);
      }
      left = ticket.get();
    }
  }

  private void run(Task current, int task, int worker) {
    int last = tasks;
    try {
      current.run(task, worker);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
    if (finished.incrementAndGet() == last && callerSleeps) {
      LockSupport.unpark(caller);
    }
  }

  private void awaitLast() {
    for (int i = 0; i < SPINS && finished.get() < tasks; i++) {
      Thread.onSpinWait();
    }
    callerSleeps = true;
    while (finished.get() < tasks) {
      LockSupport.park(this);
    }
    callerSleeps = false;
  }

  private void help(int worker) {
    long seen = 0;
    while (!closed) {
      long call = ticket.get() >>> Integer.SIZE;
      if (call == seen) {
        sleepUntilAfter(call);
      } else {
        seen = call;
        work(worker);
      }
    }
  }

  private void sleepUntilAfter(long call) {
    for (int i = 0; i < SPINS; i++) {
      if (ticket.get() >>> Integer.SIZE != call) {
        return;
      }
      Thread.onSpinWait();
    }
    sleepers.incrementAndGet();
    while (ticket.get() >>> Integer.SIZE == call && !closed) {
      LockSupport.park(this);
    }
    sleepers.decrementAndGet();
  }

  /** Ends the threads; none of them is running a task. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(LockSupport::unpark);
  }
}
