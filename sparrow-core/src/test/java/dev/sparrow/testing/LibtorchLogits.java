package dev.sparrow.testing;

import dev.sparrow.arch.Weights;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;

/** What libtorch makes of a network, in float32 with running statistics: what other engines are compared with. */
public final class LibtorchLogits {

  private LibtorchLogits() {}

  /** Logits [count, K]. */
  public static float[] of(Weights weights, Normalization normalization, float[] images, int count) {
    Network network = new Network(weights.blueprint(), new Seed(0), DeviceSpec.CPU);
    network.load(weights);
    int side = weights.blueprint().input().dim(1);
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = new LibtorchClassifier(network, normalization, Precision.FP32);
        Pass pass = model.forward(Tensors.ofFloats(images, count, 3, side, side), Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }

  /** Largest difference, in units of the largest expected logit; NaN if there is one. */
  public static double difference(float[] expected, float[] got) {
    double difference = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs((double) expected[i] - got[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return difference / scale;
  }
}
