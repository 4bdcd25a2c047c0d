package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import org.apiguardian.api.API;

/**
 * How a {@link SparseNetwork} computes.
 *
 * @param format what words of activations hold
 * @param threads number of threads, 0 for as many as the machine has processors
 * @param kernels which implementation of the inner loops
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record EngineSettings(WordFormat format, int threads, KernelChoice kernels) {

  /** Checks the number of threads. */
  public EngineSettings {
    if (threads < 0) {
      throw BadInput.usage("--threads", "a whole number of at least 0", threads);
    }
  }

  int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
