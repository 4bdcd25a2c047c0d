package dev.sparrow.engine;

import dev.sparrow.kernel.SparsePass;
import dev.sparrow.model.RecordedPass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** One forward pass through the sparse engine, its arrays seen as tensors. */
final class EnginePass extends RecordedPass {

  private final SparsePass pass;
  private final long[] shape;
  private final NamedTensors parameters;
  private final FloatArrays arrays;

  /**
   * Takes over a pass.
   *
   * @param recording what it was recorded for
   * @param pass of the engine
   * @param logits its logits, closed with this pass
   * @param shape of the images
   * @param parameters whose shapes the gradients have
   * @param arrays for values on their way
   */
  EnginePass(Recording recording, SparsePass pass, Tensor logits, long[] shape, NamedTensors parameters, FloatArrays arrays) {
    super(recording, logits);
    this.pass = pass;
    this.shape = shape;
    this.parameters = parameters;
    this.arrays = arrays;
  }

  @Override
  protected Tensor toInput(Tensor logitGradient) {
    pass.backward(arrays.of(logitGradient), false);
    return Tensors.ofFloats(pass.inputGradient(), shape);
  }

  @Override
  protected NamedTensors toParameters(Tensor logitGradient, boolean everywhere) {
    pass.backward(arrays.of(logitGradient), everywhere);
    Map<String, float[]> gradients = pass.parameterGradients();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> tensors.put(name, Tensors.ofFloats(gradients.get(name), Tensors.shape(parameter))));
    return new NamedTensors(tensors);
  }

  @Override
  public void close() {
    super.close();
    pass.close();
  }
}
