package dev.sparrow.tensor;

import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A stream of random numbers for one consumer at one step. Numbers are drawn on the CPU and copied, so that every device sees the same
 * ones. Owns a native generator (2.5 kB): close it, or let the scope it was made in do so.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Rng implements AutoCloseable {

  private final Seed seed;
  private final Generator generator;
  private final GeneratorOptional argument;

  /** One per row of what is drawn; empty if a whole tensor comes from one stream. */
  private final List<Rng> rows;

  /**
   * A stream that starts at a seed.
   *
   * @param seed usually {@linkplain Seed#derive derived} from the root by the consumer's name and step
   */
  public Rng(Seed seed) {
    this(seed, List.of());
  }

  private Rng(Seed seed, List<Rng> rows) {
    this.seed = seed;
    this.rows = rows;
    generator = torch.make_generator_cpu(seed.value());
    argument = new GeneratorOptional(generator);
  }

  /**
   * Streams for a batch, one per row, so that the numbers of an item do not depend on which others share its batch.
   *
   * @param seed of the consumer
   * @param ids what each row's stream is derived from, at least one
   * @return draws tensors of as many rows
   */
  public static Rng perRow(Seed seed, long... ids) {
    List<Rng> rows = Arrays.stream(ids).mapToObj(id -> new Rng(seed.derive("row", id))).toList();
    return new Rng(rows.get(0).seed, rows);
  }

  /**
   * Streams that follow from these, for some of the rows: for a consumer that calls others in turn.
   *
   * @param consumer stable name
   * @param step position of the consumer
   * @param some rows that the streams are for; of no meaning where a whole tensor comes from one stream
   * @return to be closed by the caller
   */
  public Rng derive(String consumer, long step, long... some) {
    if (rows.isEmpty()) {
      return new Rng(seed.derive(consumer, step));
    }
    List<Rng> streams = Arrays.stream(some).mapToObj(row -> new Rng(rows.get((int) row).seed.derive(consumer, step))).toList();
    return new Rng(streams.get(0).seed, streams);
  }

  /**
   * Where the stream started, of streams per row that of the first, for consumers that derive their numbers from a seed themselves.
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
    return drawn(like, (tensor, stream) -> tensor.uniform_(low, high, stream));
  }

  /**
   * Independent normal numbers with mean 0 and standard deviation 1.
   *
   * @param like gives shape, type and device
   * @return a fresh tensor, contiguous, owned by the caller's scope
   */
  public Tensor normalLike(Tensor like) {
    return drawn(like, (tensor, stream) -> tensor.normal_(0, 1, stream));
  }

  private Tensor drawn(Tensor like, BiConsumer<Tensor, GeneratorOptional> draw) {
    return TensorScope.tidy(
        () -> {
          Tensor tensor = BlankTensors.emptyCpu(like.scalar_type(), Tensors.shape(like));
          if (rows.isEmpty()) {
            draw.accept(tensor, argument);
          } else if (tensor.size(0) != rows.size()) {
            throw new IllegalArgumentException("rows to draw: expected " + rows.size() + ", got " + tensor.size(0));
          }
          for (int row = 0; row < rows.size(); row++) {
            draw.accept(tensor.select(0, row), rows.get(row).argument);
          }
          return Tensors.toDeviceOf(like, tensor);
        });
  }

  /**
   * A random permutation; of streams per row, from that of the first.
   *
   * @param n number of elements
   * @return [n] int64 on the CPU, owned by the caller's scope
   */
  public Tensor permutation(long n) {
    return torch.randperm(n, argument);
  }

  @Override
  public void close() {
    rows.forEach(Rng::close);
    argument.close();
    generator.close();
  }
}
