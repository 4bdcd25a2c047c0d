package dev.sparrow.tensor;

import org.bytedeco.pytorch.global.torch;

/** The threads that libtorch computes with, in the whole process. */
public final class Threads {

  private Threads() {}

  /**
   * Sets the number of threads that libtorch computes with.
   *
   * @param threads at least 1, or 0 for all processors
   */
  public static void use(int threads) {
    torch.set_num_threads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
  }

  /**
   * The number of threads that libtorch computes with.
   *
   * @return at least 1
   */
  public static int count() {
    return torch.get_num_threads();
  }
}
