package dev.sparrow.testing;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.NoGradGuard;

/** Networks whose parameters follow the golden formula. */
public final class FormulaNetwork {

  private FormulaNetwork() {}

  /**
   * A float32 classifier on the CPU with CIFAR-10's normalisation inside, closed by the caller; parameter k draws from the stream
   * {@code seed * 10000 + k}.
   */
  public static LibtorchClassifier of(Blueprint blueprint, long seed) {
    return of(blueprint, seed, Normalization.CIFAR10);
  }

  /** The same with another normalisation. */
  public static LibtorchClassifier of(Blueprint blueprint, long seed, Normalization normalization) {
    return new LibtorchClassifier(network(blueprint, seed), normalization, Precision.FP32);
  }

  /** The network of such a classifier, closed by the caller. */
  public static Network network(Blueprint blueprint, long seed) {
    Network network = new Network(blueprint, new Seed(seed), DeviceSpec.CPU);
    try (TensorScope scope = TensorScope.open();
        NoGradGuard guard = Tensors.noGrad()) {
      int k = 0;
      for (var parameter : network.parameters().asMap().entrySet()) {
        long[] shape = Tensors.shape(parameter.getValue());
        int[] dims = blueprint.parameters().get(parameter.getKey()).dims().stream().mapToInt(Integer::intValue).toArray();
        parameter.getValue().copy_(Tensors.ofFloats(Golden.parameter(seed, k++, parameter.getKey(), dims), shape));
      }
    }
    return network;
  }
}
