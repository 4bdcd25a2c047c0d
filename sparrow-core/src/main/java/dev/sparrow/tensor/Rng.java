package dev.sparrow.tensor;

import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A stream of random numbers for one consumer at one step. Numbers are drawn on the CPU and copied, so that every device sees the same
 * ones. Owns a native generator (2.5 kB): close it, or let the scope it was made in do so.
 */
public final class Rng implements AutoCloseable {

  private final Seed seed;
  private final Generator generator;
  private final GeneratorOptional argument;

  /**
   * A stream that starts at a seed.
   *
   * @param seed usually {@linkplain Seed#derive derived} from the root by the consumer's name and step
   */
  public Rng(Seed seed) {
    this.seed = seed;
    generator = torch.make_generator_cpu(seed.value());
    argument = new GeneratorOptional(generator);
  }

  /**
   * Where the stream started, for consumers that derive their numbers from a seed themselves.
   *
   * @return the seed; drawing numbers does not change it
   */
  public Seed seed() {
    return seed;
  }

  /**
   * Independent uniform numbers.
   *
   * @param like gives shape, type and device
   * @param low lower bound
   * @param high upper bound, exclusive
   * @return a fresh tensor, contiguous, owned by the caller's scope
   */
  public Tensor uniformLike(Tensor like, double low, double high) {
    return TensorScope.tidy(() -> Tensors.toDeviceOf(like, BlankTensors.emptyCpu(like.scalar_type(), Tensors.shape(like)).uniform_(low, high, argument)));
  }

  /**
   * Independent normal numbers with mean 0 and standard deviation 1.
   *
   * @param like gives shape, type and device
   * @return a fresh tensor, contiguous, owned by the caller's scope
   */
  public Tensor normalLike(Tensor like) {
    return TensorScope.tidy(() -> Tensors.toDeviceOf(like, BlankTensors.emptyCpu(like.scalar_type(), Tensors.shape(like)).normal_(0, 1, argument)));
  }

  /**
   * A random permutation.
   *
   * @param n number of elements
   * @return [n] int64 on the CPU, owned by the caller's scope
   */
  public Tensor permutation(long n) {
    return torch.randperm(n, argument);
  }

  @Override
  public void close() {
    argument.close();
    generator.close();
  }
}
