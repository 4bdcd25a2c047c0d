package dev.sparrow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.Threads;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that is cut computes the same wherever the cut is; what any engine promises is in {@code EngineContractTest}. */
class HybridClassifierTest {

  private static final int CLASSES = 5;
  private static final int COUNT = 2;
  private static final double FP32 = 1e-4;

  /** Behind the stem, before and within a stage, before the classifier; for VGG before and behind a pool. */
  static Stream<Arguments> cuts() {
    return Stream.of(
        Arguments.of(Arch.RESNET18, "layer1.0.bn1"),
        Arguments.of(Arch.RESNET18, "layer2.0.bn1"),
        Arguments.of(Arch.RESNET18, "layer4.1.bn1"),
        Arguments.of(Arch.RESNET18_POST, "bn1"),
        Arguments.of(Arch.RESNET18_POST, "layer2.1.conv1"),
        Arguments.of(Arch.RESNET18_POST, "fc"),
        Arguments.of(Arch.VGG11, "features.8"),
        Arguments.of(Arch.VGG11, "features.9"),
        Arguments.of(Arch.WIDERESNET, "block3.layer.0.bn1"),
        Arguments.of(Arch.WIDERESNET, "bn1"));
  }

  @BeforeAll
  static void oneThread() {
    Threads.use(1);
  }

  private static Blueprint blueprint(Arch arch) {
    return Blueprints.create(new NetworkConfig(arch, 2, 10, 2), CLASSES, 32, new Density(0.3));
  }

  private static BlueprintCut cut(Arch arch, String place) {
    return BlueprintCut.of(blueprint(arch)).stream().filter(cut -> cut.place().equals(place)).findFirst().orElseThrow();
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("cuts")
  void computesWhatLibtorchComputes(Arch arch, String place) {
    try (TensorScope scope = TensorScope.open();
        NetworkClassifier dense = new LibtorchClassifier(network(arch), Normalization.CIFAR10, Precision.FP32);
        NetworkClassifier hybrid = hybrid(arch, cut(arch, place));
        MaskSet masks = MaskSet.random(dense.parameters(), quarter(dense), new Seed(8))) {
      masks.applyTo(dense.parameters());
      masks.applyTo(hybrid.parameters());
      hybrid.restrictTo(masks.tensors());
      assertClose(values(hybrid, Mode.TRAIN, masks.tensors()), values(dense, Mode.TRAIN, masks.tensors()));
      assertClose(values(hybrid, Mode.EVAL, masks.tensors()), values(dense, Mode.EVAL, masks.tensors())); // by the statistics that moved
    }
  }

  private static Map<String, Density> quarter(NetworkClassifier model) {
    Map<String, Density> densities = new LinkedHashMap<>();
    model.prunableParameters().forEach(name -> densities.put(name, new Density(0.25)));
    return densities;
  }

  private static Network network(Arch arch) {
    return new Network(blueprint(arch), new Seed(6), DeviceSpec.CPU);
  }

  private static NetworkClassifier hybrid(Arch arch, BlueprintCut cut) {
    return new HybridClassifier(network(arch), cut, Normalization.CIFAR10, EngineChoice.EXACT);
  }

  /** Everything that passes of all kinds give, and what they leave behind; gradients of pruned weights as far as all engines know them. */
  private static Map<String, float[]> values(NetworkClassifier model, Mode mode, NamedTensors masks) {
    Map<String, float[]> values = new LinkedHashMap<>();
    Tensor images = Tensors.ofFloats(Golden.images(1, COUNT, 32), COUNT, 3, 32, 32);
    Tensor gradient = Tensors.ofFloats(Golden.parameter(2, 0, "gradient", new int[] {COUNT, CLASSES}), COUNT, CLASSES);
    try (ModeGuard guard = model.in(mode);
        Pass attack = model.forward(images, Recording.INPUT);
        Pass growing = model.forward(images, Recording.PARAMETERS);
        Pass training = model.forward(images, Recording.ACTIVE_PARAMETERS)) {
      values.put("logits", Tensors.toFloats(attack.logits()));
      values.put("images", Tensors.toFloats(attack.inputGradient(gradient)));
      growing.parameterGradients(gradient).forEach((name, tensor) -> values.put("dense " + name, Tensors.toFloats(tensor)));
      training.parameterGradients(gradient).forEach((name, tensor) -> values.put(name, Tensors.toFloats(masked(name, tensor, masks))));
      model.buffers().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    }
    return values;
  }

  private static Tensor masked(String name, Tensor gradient, NamedTensors masks) {
    return masks.names().contains(name) ? gradient.mul(masks.get(name)) : gradient;
  }

  /** Relative to the largest value of each tensor; a bias ahead of a batch norm has no gradient but rounding errors. */
  private static void assertClose(Map<String, float[]> got, Map<String, float[]> expected) {
    assertThat(got.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, values) -> {
          double largest = 0.1;
          for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
          }
          for (int i = 0; i < values.length; i++) {
            assertThat((double) got.get(name)[i]).as(name).isCloseTo(values[i], within(FP32 * largest));
          }
        });
  }
}
