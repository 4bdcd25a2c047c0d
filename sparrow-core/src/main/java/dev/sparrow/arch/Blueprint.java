package dev.sparrow.arch;

import dev.sparrow.allocation.Allocation;
import dev.sparrow.allocation.AllocationKind;
import dev.sparrow.allocation.Allocations;
import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * A network as data: a list of operations in execution order, and its parameters in the reference's {@code named_parameters()} order. No
 * natives: engines interpret it, exporters walk it, and FLOPs, quotas and shapes are read off it without loading libtorch.
 *
 * @param name for example {@code resnet18}
 * @param input shape of one image, [3, H, W]
 * @param numClasses number of logits
 * @param nodes the operations; the last one's value is the logits
 * @param initialization how its parameters start
 * @param parameters name to shape, in registration order
 * @param buffers running statistics, name to shape ({@code running_mean}, {@code running_var} and the scalar {@code num_batches_tracked} of
 *     every batch norm)
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Blueprint(
    String name,
    Shape input,
    int numClasses,
    List<Node> nodes,
    Initialization initialization,
    Map<String, Shape> parameters,
    Map<String, Shape> buffers) {

  /** Copies the lists, keeping their order. */
  public Blueprint {
    nodes = List.copyOf(nodes);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    buffers = Collections.unmodifiableMap(new LinkedHashMap<>(buffers));
  }

  /**
   * The weights that sparsity methods may prune: every 4-D and 2-D weight, stem, shortcuts and classifier too.
   *
   * @return name to shape, in parameter order
   */
  public Map<String, Shape> prunable() {
    Map<String, Shape> prunable = new LinkedHashMap<>();
    parameters.forEach(
        (parameter, shape) -> {
          if (shape.rank() == 4 || shape.rank() == 2) {
            prunable.put(parameter, shape);
          }
        });
    return Collections.unmodifiableMap(prunable);
  }

  /**
   * Everything that a file with this network holds.
   *
   * @return parameters, then buffers; name to shape
   */
  public Map<String, Shape> tensors() {
    Map<String, Shape> tensors = new LinkedHashMap<>(parameters);
    tensors.putAll(buffers);
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * The same operations on fewer channels.
   *
   * @param shapes of {@link #tensors()} in the narrower network: no axis that counts channels is longer, all axes of a {@link ChannelGroup}
   *     are equally long, and the other axes are as they are
   * @return the narrower network
   * @throws dev.sparrow.BadInput listing every name that is missing or unknown, and every shape that does not fit
   */
  public Blueprint narrowedTo(Map<String, Shape> shapes) {
    return Narrowing.narrow(this, shapes);
  }

  /**
   * How a density is divided among the prunable weights.
   *
   * @param kind the way
   * @return the allocation for this network
   */
  public Allocation allocation(AllocationKind kind) {
    return Allocations.of(kind, InferenceCost.of(this).uses());
  }

  /**
   * Number of trainable values.
   *
   * @return the sum of all parameter sizes
   */
  public long parameterCount() {
    return parameters.values().stream().mapToLong(Shape::size).sum();
  }

  /**
   * Number of prunable weights.
   *
   * @return the sum of their sizes
   */
  public long prunableCount() {
    return prunable().values().stream().mapToLong(Shape::size).sum();
  }
}
