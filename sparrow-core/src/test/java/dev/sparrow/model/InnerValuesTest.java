package dev.sparrow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.InnerValues.Sensitivity;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the two parts of a network that is cut at the value, which run without knowing of inner values. */
class InnerValuesTest {

  private static final int BATCH = 2;
  private static final int CLASSES = 5;

  private TensorScope scope;
  private Tensor images;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    images = Tensors.ofFloats(Golden.images(1, BATCH, 32), BATCH, 3, 32, 32);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Blueprint blueprint(Arch arch) {
    return Blueprints.create(new NetworkConfig(arch, 2, 10, 1), CLASSES, 32, Density.DENSE);
  }

  @Test
  void valuesAreThoseOfTheFrontPart() {
    Blueprint blueprint = blueprint(Arch.RESNET18);
    BlueprintCut cut = cutBefore(blueprint, "layer3.0.conv1", "layer3.0.bn1");
    try (LibtorchClassifier model = FormulaNetwork.of(blueprint, 1, Normalization.NONE);
        Network whole = FormulaNetwork.network(blueprint, 1);
        Network front = whole.part(cut.front())) {
      Tensor expected = front.forward(images, front.parameters()::get, Statistics.RUNNING);
      NamedTensors values = new InnerValues(model).of(images, List.of("layer2.1", "conv1", "layer2"));
      assertThat(values.names()).containsExactly("layer2.1", "conv1", "layer2");
      close(values.get("layer2.1"), expected);
      close(values.get("layer2"), expected);
      assertThat(Tensors.shape(values.get("conv1"))).containsExactly(BATCH, 2, 32, 32);
    }
  }

  /** A value that a later operation would overwrite is what it was when it was made. */
  @Test
  void valuesAreNotOverwritten() {
    Blueprint blueprint = blueprint(Arch.VGG11);
    try (LibtorchClassifier model = FormulaNetwork.of(blueprint, 1)) {
      NamedTensors together = new InnerValues(model).of(images, List.of("features.0", "features.1"));
      assertThat(Tensors.item(together.get("features.1").min())).isNegative(); // batch norm, before its rectifier
      Tensor alone = new InnerValues(model).of(images, List.of("features.0")).get("features.0");
      close(together.get("features.0"), alone);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Mode.class, names = {"EVAL", "TRAIN_FROZEN"})
  void logitsAreThoseOfAPass(Mode mode) {
    try (LibtorchClassifier model = FormulaNetwork.of(blueprint(Arch.WIDERESNET), 1);
        ModeGuard guard = model.in(mode);
        Pass pass = model.forward(images, Recording.NONE)) {
      close(new InnerValues(model).of(images, List.of("fc")).get("fc"), pass.logits());
    }
  }

  @Test
  void gradientIsThatOfTheRearPart() {
    Blueprint blueprint = blueprint(Arch.RESNET18);
    BlueprintCut cut = cutBefore(blueprint, "layer3.0.conv1", "layer3.0.bn1");
    try (LibtorchClassifier model = FormulaNetwork.of(blueprint, 1, Normalization.NONE);
        Network whole = FormulaNetwork.network(blueprint, 1);
        Network rear = whole.part(cut.rear());
        LibtorchRunner runner = new LibtorchRunner(rear, Precision.FP32, ActivationLayout.CHANNELS_FIRST);
        Rng rng = new Rng(new Seed(1))) {
      Tensor given = rng.uniformLike(Tensors.ofFloats(new float[BATCH * CLASSES], BATCH, CLASSES), -1, 1);
      Sensitivity sensitivity = new InnerValues(model).sensitivity(images, "layer2", logits -> given);
      try (LibtorchRun run = runner.run(sensitivity.value(), value -> value.clone(), Recording.INPUT, Statistics.RUNNING)) {
        close(sensitivity.gradient(), run.toImages(given));
      }
    }
  }

  @Test
  void gradientByTheLogitsIsTheGivenOne() {
    try (LibtorchClassifier model = FormulaNetwork.of(blueprint(Arch.VGG11), 1)) {
      Sensitivity sensitivity = new InnerValues(model).sensitivity(images, "classifier", logits -> logits);
      assertThat(Tensors.toFloats(sensitivity.gradient())).isEqualTo(Tensors.toFloats(sensitivity.value()));
    }
  }

  @Test
  void unknownNamesAreRefused() {
    try (LibtorchClassifier model = FormulaNetwork.of(blueprint(Arch.VGG11), 1)) {
      InnerValues values = new InnerValues(model);
      assertThatThrownBy(() -> values.of(images, List.of("nowhere"))).isInstanceOf(BadInput.class).hasMessageEndingWith("got 'nowhere'");
      assertThatThrownBy(() -> values.sensitivity(images, "nowhere", logits -> logits)).isInstanceOf(BadInput.class);
    }
  }

  /** The places of a cut are called by the first layer behind it. */
  private static BlueprintCut cutBefore(Blueprint blueprint, String... layers) {
    return BlueprintCut.of(blueprint).stream().filter(cut -> List.of(layers).contains(cut.place())).findFirst().orElseThrow();
  }

  private static void close(Tensor got, Tensor expected) {
    assertThat(Tensors.shape(got)).isEqualTo(Tensors.shape(expected));
    double largest = Tensors.item(expected.abs().max());
    assertThat(largest).isPositive();
    assertThat(Tensors.item(got.sub(expected).abs().max())).isCloseTo(0, Offset.offset(1e-5 * largest));
  }
}
