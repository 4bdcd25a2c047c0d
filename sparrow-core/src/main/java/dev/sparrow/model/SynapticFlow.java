package dev.sparrow.model;

import dev.sparrow.arch.Statistics;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.global.torch;

/**
 * The synaptic flow of a network (Tanaka et al., 2020): how much of the signal passes each weight when every weight counts with its
 * magnitude.
 *
 * <p>Definition: R is the sum of the logits of one image of ones, which is not normalised, where all parameters and running statistics are
 * replaced by their absolute values and batch norm uses the running ones, as in the paper's code. The flow through a weight w is w dR/dw.
 * Without biases the flows of every layer that all paths cross add up to R.
 *
 * <p>Differs from the paper's code: float64, since the activations of deep networks exceed float32.
 *
 * @param total R
 * @param flows [shape of the weight] float64, not negative, per prunable weight; owned by the scope they were made in
 */
public record SynapticFlow(double total, NamedTensors flows) {

  /**
   * Computes the flow: one forward and one backward pass of one image in float64.
   *
   * @param model the network; neither changed nor dependent on its mode
   * @return total and flows, which belong to the caller's scope
   */
  public static SynapticFlow of(NetworkClassifier model) {
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(true)) {
      Network network = model.network();
      NamedTensors weights = magnitudes(network.parameters());
      NamedTensors prunable = weights.select(model.prunableParameters());
      prunable.forEach((name, weight) -> weight.set_requires_grad(true));
      Tensor logits = network.forward(ones(model), weights::get, magnitudes(network.buffers()), Statistics.RUNNING);
      Tensor total = logits.sum();
      TensorVector gradients =
          torch.grad(new TensorVector(total), new TensorVector(prunable.asMap().values().toArray(Tensor[]::new)));
      Map<String, Tensor> flows = new LinkedHashMap<>();
      prunable.forEach((name, weight) -> flows.put(name, weight.detach().mul(gradients.get(flows.size()))));
      return new SynapticFlow(Tensors.item(total), scope.keep(new NamedTensors(flows)));
    }
  }

  private static NamedTensors magnitudes(NamedTensors tensors) {
    return tensors.map((name, tensor) -> tensor.to(ScalarType.Double).abs());
  }

  private static Tensor ones(NetworkClassifier model) {
    int side = model.imageSize();
    Tensor weight = model.parameters().asMap().values().iterator().next();
    return TensorScope.tidy(() -> Arithmetic.fillInPlace(BlankTensors.zeros(ScalarType.Double, weight.device(), 1, 3, side, side), 1));
  }
}
