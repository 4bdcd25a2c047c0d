package dev.sparrow.kernel;

import org.apiguardian.api.API;

/**
 * Which implementation of the sparse engine's inner loops runs.
 *
 * <p>The vectorised one needs the module {@code jdk.incubator.vector}, which the launcher of the program adds; a program that uses the
 * library adds it with {@code --add-modules jdk.incubator.vector}. It takes the widest vectors of the processor. The system property
 * {@code sparrow.vector.bits} (128, 256 or 512) makes them narrower, for comparisons and tests.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum KernelChoice {
  /** The vectorised one where it can run, else the plain one. */
  AUTO,
  /** The plain one, slow and simple. */
  PLAIN,
  /** The vectorised one, or an error that says why it cannot run. */
  VECTOR;

  /**
   * Whether the vectorised implementation can run here.
   *
   * @return false where {@link #AUTO} means the plain one
   */
  public static boolean vectorsRun() {
    return !(KernelLoader.load(AUTO, WordFormat.FP32) instanceof PlainKernels);
  }
}
