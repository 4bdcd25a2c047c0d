package dev.sparrow.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprints;
import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Attacks;
import dev.sparrow.config.Arch;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.DataSplits;
import dev.sparrow.data.DatasetName;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.units.Density;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private final DataSplits data = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 100, 50);
  private final Classifier model =
      new LibtorchClassifier(
          new Network(Blueprints.create(new NetworkConfig(Arch.RESNET18, 2, 10, 1), 10, 32, Density.DENSE), new Seed(1), DeviceSpec.CPU),
          Normalization.CIFAR10,
          Precision.FP32);

  @AfterEach
  void release() {
    model.close();
  }

  /** With all weights but one bias at zero every image is put into that bias's class, and no perturbation changes it. */
  @Test
  void constantClassifierHasTheClassFrequency() {
    Arithmetic.fillInPlace(model.parameters().get("linear.weight"), 0);
    Arithmetic.fillInPlace(model.parameters().get("linear.bias"), 0).select(0, 4).fill_(new org.bytedeco.pytorch.Scalar(1));
    ImageSet images = data.test();
    long fours = java.util.stream.IntStream.range(0, images.size()).filter(i -> images.label(i) == 4).count();
    Evaluation evaluation = evaluator(16).evaluate(images, List.of(pgd(3)), EvaluationProgress.SILENT);
    assertThat(evaluation.images()).isEqualTo(50);
    assertThat(evaluation.cleanAccuracy()).isEqualTo(fours / 50.0);
    assertThat(evaluation.robustAccuracy()).isEqualTo(fours / 50.0);
    for (int i = 0; i < 50; i++) {
      assertThat(evaluation.correct().get(i)).isEqualTo(images.label(i) == 4);
    }
  }

  @Test
  void attacksDoNotInfluenceOneAnother() {
    Evaluation alone = evaluator(16).evaluate(data.test(), List.of(pgd(2)), EvaluationProgress.SILENT);
    Evaluation both = evaluator(16).evaluate(data.test(), List.of(pgd(4), pgd(2)), EvaluationProgress.SILENT);
    assertThat(both.attacks().get(1)).isEqualTo(alone.attacks().get(0));
    assertThat(both.robustAccuracy()).isLessThanOrEqualTo(alone.robustAccuracy());
    assertThat(both.maxPerturbation()).isBetween(0.02, 8 / 255.0 + 1e-6);
  }

  /** Random starts belong to images, so only rounding is left to the batch. */
  @Test
  void theBatchSizeDoesNotMatter() {
    Evaluation small = evaluator(7).evaluate(data.test(), List.of(pgd(1)), EvaluationProgress.SILENT);
    Evaluation large = evaluator(50).evaluate(data.test(), List.of(pgd(1)), EvaluationProgress.SILENT);
    assertThat(small.attacks().get(0).meanLoss()).isCloseTo(large.attacks().get(0).meanLoss(), within(1e-5));
    assertThat(small.standing()).isEqualTo(large.standing());
  }

  @Test
  void progressCountsImagesAndMayAbandon() {
    List<Integer> seen = new ArrayList<>();
    evaluator(20).evaluate(data.test(), List.of(), (done, total) -> seen.add(done));
    assertThat(seen).containsExactly(0, 20, 40, 50);
    IllegalStateException stop = new IllegalStateException("stop");
    assertThatThrownBy(
            () ->
                evaluator(20)
                    .evaluate(
                        data.test(),
                        List.of(),
                        (done, total) -> {
                          if (done == 20) {
                            throw stop;
                          }
                        }))
        .isSameAs(stop);
  }

  @Test
  void networkThatAnswersNaNIsRefused() {
    Arithmetic.fillInPlace(model.parameters().get("linear.bias"), Double.NaN);
    assertThatThrownBy(() -> evaluator(16).evaluate(data.test(), List.of(), EvaluationProgress.SILENT))
        .isInstanceOf(BadInput.class)
        .hasMessage("logits: expected finite numbers, got NaN or infinity (evaluation of clean images)");
  }

  private Evaluator evaluator(int batchSize) {
    return new Evaluator(model, DeviceSpec.CPU, batchSize, new Seed(3));
  }

  private static Attack pgd(int steps) {
    return Attacks.pgd(new AttackConfig(Norm.LINF, Epsilon.levels(8), Epsilon.levels(4), steps, true));
  }
}
