package dev.sparrow.prune;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.Op;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.Tensor;

/** Two 1x1 convolutions, 3 to 2 channels and 2 to 2, with a rectifier in between: ten weights to write down by hand. */
final class TinyNet {

  static final String FIRST = "first.weight";
  static final String SECOND = "second.weight";

  private static final int IMAGE_SIZE = 2;

  private TinyNet() {}

  /** A classifier with 6 and 4 weights, row-major by output channel; closed by the caller. */
  static LibtorchClassifier of(float[] first, float[] second) {
    Network network = new Network(blueprint(), new Seed(1), DeviceSpec.CPU);
    write(network.parameters().get(FIRST), first);
    write(network.parameters().get(SECOND), second);
    return new LibtorchClassifier(network, Normalization.NONE, Precision.FP32);
  }

  private static Blueprint blueprint() {
    BlueprintBuilder net = new BlueprintBuilder("tiny", IMAGE_SIZE);
    BlueprintBuilder.Value hidden = net.relu(net.append(new Op.Conv2d("first", 3, 2, 1, 1, 0, false), net.image()));
    net.globalAvgPool(net.append(new Op.Conv2d("second", 2, 2, 1, 1, 0, false), hidden));
    return net.build();
  }

  private static void write(Tensor parameter, float[] values) {
    try (TensorScope scope = TensorScope.open()) {
      parameter.copy_(Tensors.ofFloats(values, Tensors.shape(parameter)));
    }
  }
}
