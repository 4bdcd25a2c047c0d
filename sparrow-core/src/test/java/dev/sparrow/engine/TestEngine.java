package dev.sparrow.engine;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.model.ActivationLayout;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.units.Density;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * An engine of the library, for tests that hold for each. A new engine is one row of {@link #all()}.
 *
 * @param name shown by the tests
 * @param rounding difference from float32 arithmetic, relative, all values of a kind together
 * @param maker what makes it
 */
record TestEngine(String name, double rounding, BiFunction<Network, Normalization, NetworkClassifier> maker) {

  /** Classes of {@link #BLUEPRINT}. */
  static final int CLASSES = 7;

  /** A small network of every kind of layer but max pools. */
  static final Blueprint BLUEPRINT =
      Blueprints.create(new NetworkConfig(Arch.RESNET18, 2, 10, 1), CLASSES, 32, new Density(0.2));

  private static final double FP32 = 1e-5;

  /** Gradients of so narrow a network hang on few rectifiers: libtorch's own bf16 is off by 0.28. */
  private static final double BF16 = 0.35;

  /** The table. */
  static Stream<TestEngine> all() {
    return Stream.of(
        new TestEngine("libtorch fp32", FP32, (network, pixels) -> new LibtorchClassifier(network, pixels, Precision.FP32)),
        new TestEngine("libtorch bf16", BF16, (network, pixels) -> new LibtorchClassifier(network, pixels, Precision.BF16)),
        sparse("sparse fp32, plain", FP32, WordFormat.FP32, KernelChoice.PLAIN),
        sparse("sparse bf16, plain", BF16, WordFormat.BF16, KernelChoice.PLAIN),
        sparse("sparse fp32, vectors", FP32, WordFormat.FP32, KernelChoice.VECTOR),
        sparse("sparse bf16, vectors", BF16, WordFormat.BF16, KernelChoice.VECTOR),
        cut("libtorch before layer2, sparse fp32", FP32, Precision.FP32),
        cut("libtorch before layer2, sparse bf16", BF16, Precision.BF16));
  }

  private static TestEngine sparse(String name, double rounding, WordFormat format, KernelChoice kernels) {
    EngineSettings settings = new EngineSettings(format, 1, kernels);
    return new TestEngine(name, rounding, (network, pixels) -> new SparseClassifier(network, pixels, settings));
  }

  private static TestEngine cut(String name, double rounding, Precision precision) {
    BlueprintCut cut = BlueprintCut.of(BLUEPRINT).get(2);
    EngineChoice choice =
        new EngineChoice(EngineKind.AUTO, DeviceSpec.CPU, precision, ActivationLayout.CHANNELS_LAST, 1, Workload.SMALL);
    return new TestEngine(name, rounding, (network, pixels) -> new HybridClassifier(network, cut, pixels, choice));
  }

  /** A classifier of {@link #BLUEPRINT} with the formula's parameters, closed by the caller. */
  NetworkClassifier create() {
    return maker.apply(FormulaNetwork.network(BLUEPRINT, 3), Normalization.CIFAR10);
  }

  @Override
  public String toString() {
    return name;
  }
}
