package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnceInEveryCall(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThat(workers.count()).isEqualTo(threads);
      for (int call = 0; call < 2_000; call++) {
        int tasks = call % 20;
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        workers.parallel(tasks, (task, worker) -> {
          assertThat(worker).isBetween(0, threads - 1);
          runs.incrementAndGet(task);
        });
        for (int task = 0; task < tasks; task++) {
          assertThat(runs.get(task)).isEqualTo(1);
        }
      }
    }
  }

  /** Each task waits for the other: they can only end together. */
  @Test
  void tasksRunAtTheSameTime() {
    try (Workers workers = new Workers(2)) {
      for (int call = 0; call < 20; call++) {
        CountDownLatch both = new CountDownLatch(2);
        workers.parallel(2, (task, worker) -> {
          both.countDown();
          await(both);
        });
        assertThat(both.getCount()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void passesExceptionsOnAndGoesOn(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThatThrownBy(() -> workers.parallel(5, (task, worker) -> {
        if (task == 3) {
          throw new IllegalArgumentException("task 3");
        }
      })).isInstanceOf(IllegalArgumentException.class).hasMessage("task 3");
      assertThatThrownBy(() -> workers.parallel(5, (task, worker) -> {
        throw new AssertionError("all");
      })).isInstanceOf(AssertionError.class).hasMessage("all");
      int[] sum = new int[5];
      workers.parallel(5, (task, worker) -> sum[task] = task);
      assertThat(sum).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void endsItsThreads() throws InterruptedException {
    Thread[] seen = new Thread[2];
    Workers workers = new Workers(2);
    CountDownLatch both = new CountDownLatch(2);
    workers.parallel(2, (task, worker) -> {
      seen[worker] = Thread.currentThread();
      both.countDown();
      await(both);
    });
    workers.close();
    seen[1].join();
    assertThat(seen[1]).isNotSameAs(seen[0]);
    assertThat(seen[0]).isSameAs(Thread.currentThread());
    assertThat(seen[1].isDaemon()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
