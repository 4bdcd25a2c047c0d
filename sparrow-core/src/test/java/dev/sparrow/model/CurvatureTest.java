package dev.sparrow.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.SoftmaxLoss;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurvatureTest {

  private static final int BATCH = 6;
  private static final int CLASSES = 5;
  private static final int SIZE = 8;
  private static final double STEP = 1e-3;

  private final long[] labels = Golden.labels(1, BATCH, CLASSES);
  private TensorScope scope;
  private LibtorchClassifier model;
  private Tensor images;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    model = FormulaNetwork.of(smooth(), 1);
    images = Tensors.ofFloats(Golden.images(1, BATCH, SIZE), BATCH, 3, SIZE, SIZE);
  }

  /** Without rectifiers, since finite differences fall over their kinks. */
  private static Blueprint smooth() {
    BlueprintBuilder net = new BlueprintBuilder("smooth", SIZE);
    Value stem = net.batchNorm("bn1", net.conv("conv1", net.image(), 4, 3, 1));
    Value branch = net.batchNorm("bn2", net.conv("conv2", stem, 6, 3, 2));
    Value sum = net.add(branch, net.conv("shortcut", stem, 6, 1, 2));
    net.linear("linear", net.globalAvgPool(sum), CLASSES);
    return net.build();
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
  }

  @Test
  void gradientIsThatOfAPass() {
    try (ModeGuard guard = model.in(Mode.TRAIN_FROZEN);
        Pass pass = model.forward(images, Recording.PARAMETERS)) {
      NamedTensors expected = pass.parameterGradients(SoftmaxLoss.of(pass.logits(), labels).gradient());
      NamedTensors gradient = new Curvature(model).gradient(images, losses(), expected.names());
      assertThat(gradient.names()).containsExactlyElementsOf(expected.names());
      gradient.forEach((name, tensor) -> assertThat(relativeError(tensor, expected.get(name))).as(name).isLessThan(1e-4));
    }
  }

  /** (gradient(w + s v) - gradient(w - s v)) / 2 s, with the statistics of the batch, so that batch norm's second derivative is part of it. */
  @Test
  void productAgreesWithFiniteDifferences() {
    try (ModeGuard guard = model.in(Mode.TRAIN_FROZEN);
        Rng rng = new Rng(new Seed(1))) {
      Curvature curvature = new Curvature(model);
      NamedTensors vector = model.parameters().select(model.prunableParameters()).map((name, weight) -> rng.uniformLike(weight, -1, 1));
      NamedTensors product = curvature.hessianVectorProduct(images, losses(), vector);
      move(vector, STEP);
      NamedTensors above = curvature.gradient(images, losses(), vector.names());
      move(vector, -2 * STEP);
      NamedTensors below = curvature.gradient(images, losses(), vector.names());
      assertThat(product.names()).containsExactlyElementsOf(model.prunableParameters());
      product.forEach(
          (name, tensor) -> {
            Tensor difference = above.get(name).sub(below.get(name));
            Arithmetic.scaleInPlace(difference, 1 / (2 * STEP));
            assertThat(relativeError(tensor, difference)).as(name).isLessThan(0.05);
          });
    }
  }

  /** The Hessian is symmetric: u (H v) = v (H u). */
  @Test
  void productIsSymmetric() {
    try (ModeGuard guard = model.in(Mode.TRAIN_FROZEN);
        Rng rng = new Rng(new Seed(2))) {
      Curvature curvature = new Curvature(model);
      NamedTensors u = model.parameters().map((name, weight) -> rng.uniformLike(weight, -1, 1));
      NamedTensors v = model.parameters().map((name, weight) -> rng.uniformLike(weight, -1, 1));
      double uhv = dot(u, curvature.hessianVectorProduct(images, losses(), v));
      double vhu = dot(v, curvature.hessianVectorProduct(images, losses(), u));
      assertThat(Math.abs(uhv - vhu)).isLessThan(1e-3 * Math.abs(uhv)).isNotNaN();
    }
  }

  /** The square of the sum of the logits has the second derivative 2 by any two biases of the classifier; its first one by them is a constant. */
  @Test
  void productOfAQuadraticIsExact() {
    NamedTensors bias = model.parameters().select(List.of("linear.bias")).map((name, tensor) -> tensor.isfinite().to(tensor.scalar_type()));
    Curvature curvature = new Curvature(model);
    float[] product = Tensors.toFloats(curvature.hessianVectorProduct(images, logits -> logits.sum(1).square(), bias).get("linear.bias"));
    assertThat(product).hasSize(CLASSES).usingElementComparator((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : 1).containsOnly(2f * CLASSES);
  }

  /** Whatever the precision of the run. */
  @ParameterizedTest
  @EnumSource(value = Mode.class, names = {"EVAL", "TRAIN_FROZEN"})
  void computesInFloat32(Mode mode) {
    Blueprint vgg = Blueprints.create(new NetworkConfig(Arch.VGG11, 4, 10, 1), CLASSES, 32, Density.DENSE);
    Network network = new Network(vgg, new Seed(1), DeviceSpec.CPU);
    Network twin = new Network(vgg, new Seed(1), DeviceSpec.CPU);
    try (LibtorchClassifier exact = new LibtorchClassifier(network, Normalization.CIFAR10, Precision.FP32);
        LibtorchClassifier rounded = new LibtorchClassifier(twin, Normalization.CIFAR10, Precision.BF16);
        ModeGuard first = exact.in(mode);
        ModeGuard second = rounded.in(mode)) {
      Tensor pictures = Tensors.ofFloats(Golden.images(1, BATCH, 32), BATCH, 3, 32, 32);
      Set<String> names = exact.parameters().names();
      NamedTensors expected = new Curvature(exact).gradient(pictures, losses(), names);
      NamedTensors got = new Curvature(rounded).gradient(pictures, losses(), names);
      got.forEach((name, tensor) -> assertThat(Tensors.toFloats(tensor)).as(name).isEqualTo(Tensors.toFloats(expected.get(name))));
    }
  }

  /** Cross-entropy written with libtorch's own, independent of the library's. */
  private UnaryOperator<Tensor> losses() {
    Tensor classes = Tensors.ofLongs(labels, BATCH);
    return logits -> logits.log_softmax(1).gather(1, classes.unsqueeze(1)).squeeze(1).neg();
  }

  private void move(NamedTensors vector, double length) {
    vector.forEach((name, direction) -> Arithmetic.addInPlace(model.parameters().get(name), direction, length));
  }

  private static double dot(NamedTensors a, NamedTensors b) {
    return a.asMap().entrySet().stream().mapToDouble(entry -> Tensors.item(entry.getValue().mul(b.get(entry.getKey())).sum())).sum();
  }

  private static double relativeError(Tensor got, Tensor expected) {
    return Math.sqrt(Tensors.item(got.sub(expected).square().sum()) / Tensors.item(expected.square().sum()));
  }
}
