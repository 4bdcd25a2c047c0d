package dev.sparrow.engine;

import dev.sparrow.kernel.SparsePass;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** One pass through the sparse engine, its arrays seen as tensors. */
final class SparseRun implements AutoCloseable {

  private final SparsePass pass;
  private final long[] inputShape;
  private final Network network;
  private final FloatArrays arrays;

  /**
   * Takes over a pass.
   *
   * @param pass of the engine
   * @param input what it was given
   * @param network whose parameters' shapes the gradients have
   * @param arrays for values on their way
   */
  SparseRun(SparsePass pass, Tensor input, Network network, FloatArrays arrays) {
    this.pass = pass;
    this.inputShape = Tensors.shape(input);
    this.network = network;
    this.arrays = arrays;
  }

  /** The logits, [N, K] float32, owned by the caller's scope. */
  Tensor logits() {
    return Tensors.ofFloats(pass.logits(), inputShape[0], network.blueprint().numClasses());
  }

  /** Goes back through the network, once; inactive weights get gradients where everywhere is meant. */
  void backward(Tensor logitGradient, boolean everywhere) {
    pass.backward(arrays.of(logitGradient), everywhere);
  }

  /** The gradient by the input, in its shape, float32, owned by the caller's scope. */
  Tensor inputGradient() {
    return Tensors.ofFloats(pass.inputGradient(), inputShape);
  }

  /** The gradients by the parameters, in their order, float32, owned by the caller's scope. */
  NamedTensors parameterGradients() {
    Map<String, float[]> gradients = pass.parameterGradients();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network.parameters().forEach((name, parameter) -> tensors.put(name, Tensors.ofFloats(gradients.get(name), Tensors.shape(parameter))));
    return new NamedTensors(tensors);
  }

  @Override
  public void close() {
    pass.close();
  }
}
