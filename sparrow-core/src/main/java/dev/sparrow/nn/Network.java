package dev.sparrow.nn;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Node;
import dev.sparrow.arch.Op;
import dev.sparrow.arch.Statistics;
import dev.sparrow.arch.Weights;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A blueprint with its parameters and buffers, interpreted by libtorch.
 *
 * <p>Owns its tensors: float32, contiguous, never requiring a gradient themselves. A forward pass takes its weights from a function, so
 * that the same network runs on frozen copies (attacks) and on recorded leaves (training).
 *
 * <p>The part of a network that ends at an inner value ({@link dev.sparrow.arch.BlueprintCut}) is a network too; what is said of logits
 * holds for that value.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Network implements AutoCloseable {

  private final Blueprint blueprint;
  private final NamedTensors parameters;
  private final NamedTensors buffers;
  private final int[] uses;

  /**
   * Builds a network with fresh parameters.
   *
   * @param blueprint what to build
   * @param seed root of all randomness; every parameter derives its own stream from its name
   * @param device where it lives
   */
  public Network(Blueprint blueprint, Seed seed, DeviceSpec device) {
    this.blueprint = blueprint;
    this.uses = countUses(blueprint);
    try (TensorScope scope = TensorScope.open()) {
      Device place = device.toDevice();
      Map<String, Tensor> statistics = new LinkedHashMap<>();
      blueprint.buffers().forEach((name, shape) -> statistics.put(name, freshBuffer(name, shape, place)));
      parameters = new NamedTensors(FreshParameters.of(blueprint, seed, place));
      buffers = new NamedTensors(statistics);
      retain(); // a network outlives the scope it was made in
    }
  }

  private Network(Blueprint blueprint, NamedTensors parameters, NamedTensors buffers) {
    this.blueprint = blueprint;
    this.uses = countUses(blueprint);
    this.parameters = parameters;
    this.buffers = buffers;
    retain();
  }

  /** One reference more than others know of, released by {@link #close}. */
  private void retain() {
    parameters.forEach((name, tensor) -> tensor.retainReference());
    buffers.forEach((name, tensor) -> tensor.retainReference());
  }

  /**
   * A part of this network: the same tensors, so that what changes one changes the other.
   *
   * @param part a blueprint whose parameters and running statistics are among this network's
   * @return to be closed by the caller, before or after this network
   */
  public Network part(Blueprint part) {
    return new Network(part, parameters.select(part.parameters().keySet()), buffers.select(part.buffers().keySet()));
  }

  /**
   * What this network is built from.
   *
   * @return the blueprint
   */
  public Blueprint blueprint() {
    return blueprint;
  }

  /**
   * Trainable parameters.
   *
   * @return borrowed, in the blueprint's order
   */
  public NamedTensors parameters() {
    return parameters;
  }

  /**
   * Running statistics of batch normalisation.
   *
   * @return borrowed, in the blueprint's order
   */
  public NamedTensors buffers() {
    return buffers;
  }

  /**
   * Takes over the numbers of a network; the counts of batches stay.
   *
   * @param weights of the same blueprint, copied
   * @throws dev.sparrow.BadInput if they are another network's
   */
  public void load(Weights weights) {
    if (!weights.blueprint().equals(blueprint)) {
      throw BadInput.data("weights", "those of " + blueprint.name(), "those of another network", weights.blueprint().name());
    }
    try (NoGradGuard guard = Tensors.noGrad()) {
      weights.values().forEach((name, values) -> load(parameters.names().contains(name) ? parameters.get(name) : buffers.get(name), values));
    }
  }

  private static void load(Tensor target, float[] values) {
    try (TensorScope scope = TensorScope.open()) {
      target.copy_(Tensors.ofFloats(values, Tensors.shape(target)));
    }
  }

  /**
   * Runs the network. Records for autograd whatever its input or its weights require.
   *
   * @param input [N, 3, H, W], normalised, in the type of the computation
   * @param weights parameter name to tensor, in the type of the computation (batch norm's stay float32)
   * @param statistics where batch normalisation takes its statistics from
   * @return [N, K] logits in the type of the computation, owned by the caller's scope
   */
  public Tensor forward(Tensor input, Function<String, Tensor> weights, Statistics statistics) {
    return forward(input, weights, buffers, statistics);
  }

  /**
   * Runs the network on other running statistics than its own.
   *
   * @param input [N, 3, H, W], normalised, in the type of the computation
   * @param weights parameter name to tensor, in the type of the computation
   * @param runningStatistics named like {@link #buffers()}
   * @param statistics where batch normalisation takes its statistics from
   * @return [N, K] logits in the type of the computation, owned by the caller's scope
   */
  public Tensor forward(Tensor input, Function<String, Tensor> weights, NamedTensors runningStatistics, Statistics statistics) {
    int last = blueprint.nodes().size();
    return values(input, new Layers(weights, runningStatistics, statistics), Set.of(last)).get(last);
  }

  /**
   * Runs the network as far as the last of some inner values. Records for autograd whatever its input or its weights require.
   *
   * @param input [N, 3, H, W], normalised, in the type of the computation
   * @param weights parameter name to tensor, in the type of the computation
   * @param statistics where batch normalisation takes its statistics from
   * @param ids numbers of nodes, at least one
   * @return the values of these nodes, owned by the caller's scope
   */
  public Map<Integer, Tensor> values(Tensor input, Function<String, Tensor> weights, Statistics statistics, Set<Integer> ids) {
    return values(input, new Layers(weights, buffers, statistics), ids);
  }

  private Map<Integer, Tensor> values(Tensor input, Layers layers, Set<Integer> wanted) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor[] values = new Tensor[uses.length];
      int[] pending = uses.clone();
      values[0] = input;
      for (Node node : blueprint.nodes().subList(0, Collections.max(wanted))) {
        int first = node.inputs().get(0);
        boolean overwrite = uses[first] == 1 && !wanted.contains(first) && mayBeOverwritten(first);
        values[node.id()] = layers.apply(node.op(), node.inputs().stream().map(id -> values[id]).toArray(Tensor[]::new), overwrite);
        for (int id : node.inputs()) {
          if (--pending[id] == 0 && id != 0 && !wanted.contains(id) && values[id] != values[node.id()]) {
            values[id].close(); // unless autograd saved it, its memory is free for the next operation
          }
        }
      }
      return wanted.stream().collect(Collectors.toMap(id -> id, id -> scope.keep(values[id])));
    }
  }

  @Override
  public void close() {
    parameters.release();
    buffers.release();
  }

  /** Autograd saves the outputs of ReLU and of the pools; those of a convolution, a batch norm and a sum nobody reads again. */
  private boolean mayBeOverwritten(int id) {
    if (id == 0) {
      return false;
    }
    Op producer = blueprint.nodes().get(id - 1).op();
    return producer instanceof Op.Conv2d || producer instanceof Op.BatchNorm || producer instanceof Op.Add;
  }

  private static int[] countUses(Blueprint blueprint) {
    int[] uses = new int[blueprint.nodes().size() + 1];
    blueprint.nodes().forEach(node -> node.inputs().forEach(id -> uses[id]++));
    return uses;
  }

  private static Tensor freshBuffer(String name, Shape shape, Device device) {
    if (name.endsWith(".num_batches_tracked")) {
      return BlankTensors.zeros(ScalarType.Long, device, shape.toLongs());
    }
    Tensor buffer = BlankTensors.zeros(ScalarType.Float, device, shape.toLongs());
    return name.endsWith(".running_var") ? Arithmetic.fillInPlace(buffer, 1) : buffer;
  }
}
