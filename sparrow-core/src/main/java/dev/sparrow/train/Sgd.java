package dev.sparrow.train;

import dev.sparrow.config.OptimizerConfig;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum and weight decay, PyTorch's formulation: {@code m = momentum * m + g + decay * w; w -= lr * m}.
 * Weight decay applies to every parameter, batch norm and biases included. Owns the momentum.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Sgd implements AutoCloseable {

  private final NamedTensors parameters;
  private final NamedTensors momentum;
  private final double momentumFactor;
  private final double weightDecay;

  /**
   * An optimizer at rest.
   *
   * @param parameters borrowed, changed in place by every step
   * @param config momentum and weight decay; the learning rate comes with each step
   */
  public Sgd(NamedTensors parameters, OptimizerConfig config) {
    this.parameters = parameters;
    this.momentumFactor = config.momentum();
    this.weightDecay = config.weightDecay();
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> zeros.put(name, TensorScope.own(() -> BlankTensors.zerosLike(parameter))));
    momentum = new NamedTensors(zeros);
  }

  /**
   * The momentum.
   *
   * @return borrowed, one tensor per parameter
   */
  public NamedTensors momentum() {
    return momentum;
  }

  /**
   * Takes a step.
   *
   * @param gradients one per parameter, unchanged
   * @param learningRate at least 0
   */
  public void step(NamedTensors gradients, double learningRate) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard guard = Tensors.noGrad()) {
      Scalar factor = new Scalar(momentumFactor);
      Scalar decay = new Scalar(weightDecay);
      Scalar rate = new Scalar(-learningRate);
      Scalar one = new Scalar(1);
      parameters.forEach(
          (name, weight) -> {
            Tensor velocity = momentum.get(name);
            velocity.mul_(factor);
            velocity.add_(gradients.get(name), one);
            velocity.add_(weight, decay);
            weight.add_(velocity, rate);
          });
    }
  }

  @Override
  public void close() {
    momentum.release();
  }
}
