package dev.sparrow.engine;

import dev.sparrow.arch.Statistics;
import dev.sparrow.kernel.SparseNetwork;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Keeps a sparse engine in step with the tensors that own its parameters and running statistics: loads what was changed in place, which
 * libtorch's version counter tells, and writes the running statistics back that a pass has moved.
 */
final class TensorMirror {

  private static final String BATCHES = ".num_batches_tracked";

  private final Network network;
  private final SparseNetwork engine;
  private final FloatArrays arrays;
  private final List<String> statistics;
  private final Map<String, Long> loaded = new HashMap<>();

  /** The engine of a network on the CPU. */
  TensorMirror(Network network, SparseNetwork engine, FloatArrays arrays) {
    this.network = network;
    this.engine = engine;
    this.arrays = arrays;
    this.statistics = network.buffers().names().stream().filter(name -> !name.endsWith(BATCHES)).toList();
  }

  /** Activates the weights of the masks; biases and batch norm cost nothing and stay as they are. */
  void restrictTo(NamedTensors masks) {
    masks.forEach(
        (name, mask) -> {
          if (network.blueprint().prunable().containsKey(name)) {
            engine.activate(name, Tensors.toBooleans(mask));
            loaded.remove(name);
          }
        });
  }

  /** Loads what has changed. */
  void load() {
    network.parameters().forEach(this::loadIfChanged);
    statistics.forEach(name -> loadIfChanged(name, network.buffers().get(name)));
  }

  private void loadIfChanged(String name, Tensor tensor) {
    long version = tensor._version();
    Long known = loaded.put(name, version);
    if (known == null || known != version) {
      engine.load(name, arrays.of(tensor));
    }
  }

  /** Takes over the running statistics after a forward pass. */
  void passed(Statistics used) {
    if (used != Statistics.BATCH) {
      return;
    }
    try (TensorScope scope = TensorScope.open()) {
      network.buffers().forEach(this::follow);
    }
  }

  private void follow(String name, Tensor buffer) {
    if (name.endsWith(BATCHES)) {
      buffer.add_(new Scalar(1));
    } else {
      buffer.copy_(Tensors.ofFloats(engine.runningStatistic(name), buffer.numel()));
      loaded.put(name, buffer._version());
    }
  }
}
