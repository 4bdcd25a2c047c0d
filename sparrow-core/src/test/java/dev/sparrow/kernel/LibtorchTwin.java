package dev.sparrow.kernel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Statistics;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.Threads;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The networks of the sparse engine's tests in libtorch; on one thread, since several wait for each other on a busy machine. */
final class LibtorchTwin {

  private static final String INPUT = "input";
  private static final String COUNTER = ".num_batches_tracked";

  /**
   * What a forward and a backward pass leave.
   *
   * @param logits [count, classes]
   * @param inputGradient by the input before its standardization
   * @param parameterGradients dense, by parameter
   * @param running means and variances after the pass
   */
  record Outcome(float[] logits, float[] inputGradient, Map<String, float[]> parameterGradients, Map<String, float[]> running) {}

  /** All in float64. */
  static final LibtorchTwin EXACT = new LibtorchTwin(ScalarType.Double, ScalarType.Double);

  /** Weights and activations rounded to bf16. */
  static final LibtorchTwin BF16 = new LibtorchTwin(ScalarType.BFloat16, ScalarType.Float);

  private final ScalarType type;
  private final ScalarType wide;

  private LibtorchTwin(ScalarType type, ScalarType wide) {
    this.type = type;
    this.wide = wide;
  }

  Outcome run(ToyNetwork toy, float[] images, int count, Statistics statistics, float[] logitGradient) {
    int threads = Threads.count();
    Threads.use(1);
    try {
      return runHere(toy, images, count, statistics, logitGradient);
    } finally {
      Threads.use(threads);
    }
  }

  private Outcome runHere(ToyNetwork toy, float[] images, int count, Statistics statistics, float[] logitGradient) {
    Blueprint blueprint = toy.blueprint();
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(true);
        Network network = new Network(blueprint, new Seed(1), DeviceSpec.CPU)) {
      Map<String, Tensor> leaves = new LinkedHashMap<>();
      leaves.put(INPUT, tensor(images, batch(count, blueprint.input().toLongs())));
      blueprint.parameters().forEach((name, shape) -> leaves.put(name, tensor(toy.values(name), shape.toLongs())));
      leaves.values().forEach(leaf -> leaf.set_requires_grad(true));
      Map<String, Tensor> cast = new LinkedHashMap<>();
      leaves.forEach((name, leaf) -> cast.put(name, leaf.dim() > 1 ? leaf.to(type) : leaf));
      NamedTensors buffers = buffers(toy);
      Tensor input = standardized(toy, leaves.get(INPUT)).to(type);
      Tensor logits = network.forward(input, cast::get, buffers, statistics).to(wide);
      TensorVector gradients = torch.grad(
          new TensorVector(logits),
          new TensorVector(leaves.values().toArray(Tensor[]::new)),
          new TensorVector(tensor(logitGradient, count, blueprint.numClasses())),
          new BoolOptional(false), false, false);
      Map<String, float[]> named = new LinkedHashMap<>();
      leaves.keySet().forEach(name -> named.put(name, floats(gradients.get(named.size()))));
      return new Outcome(floats(logits.detach()), named.remove(INPUT), named, running(buffers));
    }
  }

  private Tensor standardized(ToyNetwork toy, Tensor input) {
    int channels = toy.blueprint().input().dim(0);
    Tensor mean = tensor(toy.standardization().mean(), 1, channels, 1, 1);
    return input.sub(mean).div(tensor(toy.standardization().deviation(), 1, channels, 1, 1));
  }

  private NamedTensors buffers(ToyNetwork toy) {
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    toy.blueprint().buffers().forEach((name, shape) ->
        buffers.put(name, name.endsWith(COUNTER) ? Tensors.ofLongs(new long[1]) : tensor(toy.values(name), shape.toLongs())));
    return new NamedTensors(buffers);
  }

  private static Map<String, float[]> running(NamedTensors buffers) {
    Map<String, float[]> running = new LinkedHashMap<>();
    buffers.forEach((name, tensor) -> {
      if (!name.endsWith(COUNTER)) {
        running.put(name, floats(tensor));
      }
    });
    return running;
  }

  private static long[] batch(int count, long[] shape) {
    long[] batch = new long[shape.length + 1];
    batch[0] = count;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return batch;
  }

  private Tensor tensor(float[] values, long... shape) {
    return Tensors.ofFloats(values, shape).to(wide);
  }

  private static float[] floats(Tensor tensor) {
    return Tensors.toFloats(tensor.contiguous().to(ScalarType.Float));
  }
}
