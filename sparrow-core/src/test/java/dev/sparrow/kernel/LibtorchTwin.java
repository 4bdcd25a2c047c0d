package dev.sparrow.kernel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Statistics;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What libtorch computes for the same network in float64.
 *
 * @param logits [count, classes]
 * @param inputGradient by the input before its standardization
 * @param parameterGradients dense, by parameter
 * @param running statistics after the pass
 */
record LibtorchTwin(
    float[] logits, float[] inputGradient, Map<String, float[]> parameterGradients, Map<String, float[]> running) {

  static LibtorchTwin of(ToyNetwork toy, float[] images, int count, Statistics statistics, float[] logitGradient) {
    Blueprint blueprint = toy.blueprint();
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(true);
        Network network = new Network(blueprint, new Seed(1), DeviceSpec.CPU)) {
      Map<String, Tensor> leaves = new LinkedHashMap<>();
      leaves.put("", tensor(images, count, blueprint.input().toLongs()));
      blueprint.parameters().forEach((name, shape) -> leaves.put(name, tensor(toy.values(name), shape.toLongs())));
      leaves.values().forEach(leaf -> leaf.set_requires_grad(true));
      Map<String, Tensor> buffers = new LinkedHashMap<>();
      blueprint.buffers().forEach((name, shape) ->
          buffers.put(name, name.endsWith("tracked") ? Tensors.ofLongs(new long[1]) : tensor(toy.values(name), shape.toLongs())));
      int channels = blueprint.input().dim(0);
      Tensor mean = tensor(toy.standardization().mean(), 1, channels, 1, 1);
      Tensor input = leaves.get("").sub(mean).div(tensor(toy.standardization().deviation(), 1, channels, 1, 1));
      Tensor logits = network.forward(input, leaves::get, new NamedTensors(buffers), statistics);
      TensorVector gradients =
          torch.grad(
              new TensorVector(logits),
              new TensorVector(leaves.values().toArray(Tensor[]::new)),
              new TensorVector(tensor(logitGradient, count, new long[] {blueprint.numClasses()})),
              new BoolOptional(false), false, false);
      Map<String, float[]> named = new LinkedHashMap<>();
      leaves.keySet().forEach(name -> named.put(name, floats(gradients.get(named.size()))));
      float[] byInput = named.remove("");
      Map<String, float[]> running = new LinkedHashMap<>();
      buffers.forEach((name, tensor) -> {
        if (!name.endsWith("tracked")) {
          running.put(name, floats(tensor));
        }
      });
      return new LibtorchTwin(floats(logits.detach()), byInput, named, running);
    }
  }

  private static Tensor tensor(float[] values, int count, long[] shape) {
    long[] batch = new long[shape.length + 1];
    batch[0] = count;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return tensor(values, batch);
  }

  private static Tensor tensor(float[] values, long... shape) {
    return Tensors.ofFloats(values, shape).to(ScalarType.Double);
  }

  private static float[] floats(Tensor tensor) {
    return Tensors.toFloats(tensor.contiguous().to(ScalarType.Float));
  }
}
