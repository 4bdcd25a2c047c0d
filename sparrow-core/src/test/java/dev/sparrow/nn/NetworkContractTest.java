package dev.sparrow.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.SoftmaxLoss;
import dev.sparrow.units.Density;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every network does, at a width that makes it quick: runs on both image sizes, and its gradients predict how its loss changes. */
class NetworkContractTest {

  private static final int CLASSES = 7;
  private static final int BATCH = 4;

  /** How far the loss is moved along a gradient, by first order. */
  private static final double LOSS_CHANGE = 2e-3;

  private static Blueprint blueprint(Arch arch, int imageSize) {
    return Blueprints.create(new NetworkConfig(arch, 4, 16, 2), CLASSES, imageSize, new Density(0.2));
  }

  @ParameterizedTest
  @EnumSource
  void runsOnBothImageSizes(Arch arch) {
    for (int size : List.of(32, 64)) {
      try (TensorScope scope = TensorScope.open();
          Classifier classifier = FormulaNetwork.of(blueprint(arch, size), 3)) {
        Tensor images = images(size);
        for (Mode mode : Mode.values()) {
          try (ModeGuard guard = classifier.in(mode);
              Pass pass = classifier.forward(images, Recording.NONE)) {
            assertThat(Tensors.shape(pass.logits())).containsExactly(BATCH, CLASSES);
            assertThat(pass.logits().isfinite().all().item_bool()).as("finite logits, %s", mode).isTrue();
          }
        }
      }
    }
  }

  /** With the statistics of the batch: with fresh running ones the formula's logits grow until the deepest networks' loss is flat. */
  @ParameterizedTest
  @EnumSource
  void inputGradientPredictsTheLoss(Arch arch) {
    try (TensorScope scope = TensorScope.open();
        Classifier classifier = FormulaNetwork.of(blueprint(arch, 32), 3);
        ModeGuard guard = classifier.in(Mode.TRAIN_FROZEN)) {
      Tensor images = images(32);
      try (Pass pass = classifier.forward(images, Recording.INPUT)) {
        Tensor gradient = pass.inputGradient(SoftmaxLoss.of(pass.logits(), labels()).gradient());
        Scalar step = new Scalar(LOSS_CHANGE / squaredNorm(gradient));
        double up = loss(classifier, images.add(gradient.mul(step)));
        double down = loss(classifier, images.sub(gradient.mul(step)));
        assertThat((up - down) / 2).isCloseTo(LOSS_CHANGE, within(0.03 * LOSS_CHANGE));
      }
    }
  }

  /** With the statistics of the batch, so that batch norm's own derivative is part of it. */
  @ParameterizedTest
  @EnumSource
  void parameterGradientsPredictTheLoss(Arch arch) {
    try (TensorScope scope = TensorScope.open();
        Classifier classifier = FormulaNetwork.of(blueprint(arch, 32), 3);
        ModeGuard guard = classifier.in(Mode.TRAIN_FROZEN);
        Pass pass = classifier.forward(images(32), Recording.PARAMETERS)) {
      NamedTensors gradients = pass.parameterGradients(SoftmaxLoss.of(pass.logits(), labels()).gradient());
      double squaredNorm = gradients.asMap().values().stream().mapToDouble(NetworkContractTest::squaredNorm).sum();
      double step = LOSS_CHANGE / squaredNorm;
      move(classifier.parameters(), gradients, step);
      double up = loss(classifier, images(32));
      move(classifier.parameters(), gradients, -2 * step);
      double down = loss(classifier, images(32));
      assertThat((up - down) / 2).isCloseTo(LOSS_CHANGE, within(0.03 * LOSS_CHANGE));
    }
  }

  private static void move(NamedTensors parameters, NamedTensors direction, double step) {
    parameters.forEach((name, parameter) -> parameter.add_(direction.get(name), new Scalar(step)));
  }

  private static double loss(Classifier classifier, Tensor images) {
    try (Pass pass = classifier.forward(images, Recording.NONE)) {
      return SoftmaxLoss.of(pass.logits(), labels()).value();
    }
  }

  private static double squaredNorm(Tensor tensor) {
    return Tensors.item(tensor.square().sum());
  }

  private static Tensor images(int size) {
    return Tensors.ofFloats(Golden.images(3, BATCH, size), BATCH, 3, size, size);
  }

  private static long[] labels() {
    return Golden.labels(3, BATCH, CLASSES);
  }
}
