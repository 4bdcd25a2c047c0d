package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps allocate no arrays: only small objects that describe the work of a task. */
class SparseNetworkMemoryTest {

  private static final int STEPS = 5;

  /** Bytes per forward and backward pass; a value of one group and one channel has 74 kB. */
  private static final long SMALL = 500_000;

  /** Until everything is compiled. */
  private static final int MOST_STEPS = 200;

  /** With the plain kernels, since the vectorised ones allocate vectors until they are compiled. */
  @ParameterizedTest
  @CsvSource({
    "RESNET18, BATCH, INPUT", "RESNET18, BATCH, PARAMETERS", "RESNET18, RUNNING, INPUT", "VGG11, BATCH, BOTH",
    "RESNET18_POST, RUNNING, BOTH"
  })
  void stepsAllocateNoArrays(Arch arch, Statistics statistics, Gradients gradients) {
    ToyNetwork toy = ToyNetwork.of(arch, 2, 32, 0.2, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    float[] images = toy.images(33, 1);
    float[] last = toy.images(5, 1);
    try (SparseNetwork network = toy.open(WordFormat.BF16, 1, KernelChoice.PLAIN)) {
      for (int i = 0; i < 2; i++) {
        run(toy, network, images, 33, statistics, gradients);
        run(toy, network, last, 5, statistics, gradients);
      }
      float[] logitGradient = toy.logitGradient(33, 1);
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < STEPS; i++) {
        try (SparsePass pass = network.forward(images, 33, statistics, gradients)) {
          pass.backward(logitGradient, false);
        }
      }
      assertThat((threads.getThreadAllocatedBytes(self) - before) / STEPS).isLessThan(SMALL);
    }
  }

  /**
   * A loop that the compiler does not get right makes objects of vectors for ever: a hundred megabytes per step. It compiles by what it
   * has seen, so this holds for a process with one format of words; what ran in another format before costs 54 MB per step.
   */
  @Tag("heavy")
  @Test
  void compiledKernelsKeepVectorsInRegisters() {
    ToyNetwork toy = ToyNetwork.of(Arch.RESNET18, 8, 32, 0.2, 1);
    float[] images = toy.images(128, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long fewest = Long.MAX_VALUE;
    try (SparseNetwork network = toy.open(WordFormat.BF16, 1, KernelChoice.AUTO)) {
      for (int i = 0; i < MOST_STEPS && fewest > SMALL; i++) {
        long before = threads.getThreadAllocatedBytes(self);
        run(toy, network, images, 128, Statistics.BATCH, Gradients.PARAMETERS);
        fewest = Math.min(fewest, threads.getThreadAllocatedBytes(self) - before);
      }
    }
    assertThat(fewest).isLessThan(SMALL);
  }

  private static void run(ToyNetwork toy, SparseNetwork network, float[] images, int count, Statistics statistics, Gradients gradients) {
    try (SparsePass pass = network.forward(images, count, statistics, gradients)) {
      pass.backward(toy.logitGradient(count, 1), false);
    }
  }
}
