package dev.sparrow.arch;

import dev.sparrow.units.Shape;
import org.apiguardian.api.API;

/** How the parameters of a network start: the reference's choice for each family. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Initialization {
  /**
   * PyTorch's defaults, which pre-activation ResNets and VGGs keep: weights and biases of convolutions and linear layers uniform in
   * +-1/sqrt(fan-in), batch norm 1 and 0.
   */
  UNIFORM,
  /**
   * WideResNet's: convolutions normal with variance 2 / (k * k * outputs), which keeps the size of backward signals through rectifiers (He
   * et al., "Delving Deep into Rectifiers", 2015); linear weights as {@link #UNIFORM}, biases 0; batch norm 1 and 0.
   */
  FAN_OUT,
  /** The post-activation ResNet's: convolutions as {@link #FAN_OUT}, linear weights normal with deviation 0.01, biases 0; batch norm 0.5 and 0. */
  FAN_OUT_DAMPED;

  private static final double LINEAR_DEVIATION = 0.01;
  private static final double DAMPED_SCALE = 0.5;
  private static final int VECTOR = 1;
  private static final int MATRIX = 2;

  /**
   * The start of a weight.
   *
   * @param weight its shape: [out, in, k, k] of a convolution, [out, in] of a linear layer, [channels] of a batch norm
   * @return what to draw it from
   */
  public Distribution ofWeight(Shape weight) {
    return switch (weight.rank()) {
      case VECTOR -> new Distribution.Constant(this == FAN_OUT_DAMPED ? DAMPED_SCALE : 1);
      case MATRIX -> this == FAN_OUT_DAMPED ? new Distribution.Normal(LINEAR_DEVIATION) : fanIn(weight);
      default -> this == UNIFORM ? fanIn(weight) : fanOut(weight);
    };
  }

  /**
   * The start of a bias.
   *
   * @param weight shape of the weight of its layer
   * @return what to draw it from
   */
  public Distribution ofBias(Shape weight) {
    return this == UNIFORM && weight.rank() > VECTOR ? fanIn(weight) : new Distribution.Constant(0);
  }

  private static Distribution fanIn(Shape weight) {
    return new Distribution.Uniform(1 / Math.sqrt((double) weight.size() / weight.dim(0)));
  }

  private static Distribution fanOut(Shape weight) {
    return new Distribution.Normal(Math.sqrt(2 / ((double) weight.size() / weight.dim(1))));
  }
}
