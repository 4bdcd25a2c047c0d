package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Attacks;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandscapeSurveyTest {

  private static final Seed SEED = new Seed(11);
  private static final Attack FGSM = Attacks.fgsm(new AttackConfig(Norm.LINF, new Epsilon(0.1), new Epsilon(0.1), 1, false));
  private static final LandscapeSurvey.Grid GRID = new LandscapeSurvey.Grid(0.5, 5, 3);
  private static final boolean[] ACTIVE = {true, false, true, false, false, false, true, true, true};
  private static final String WEIGHT = "linear.weight";

  @TempDir Path folder;

  private static NamedTensors mask() {
    return new NamedTensors(Map.of(WEIGHT, Tensors.ofBooleans(ACTIVE, 3, 3)));
  }

  private static LossLandscape survey(LibtorchClassifier model, EvaluationProgress progress) {
    try (TensorScope scope = TensorScope.open();
        MaskSet masks = MaskSet.copyOf(mask())) {
      masks.applyTo(model.parameters());
      return new LandscapeSurvey(model, masks, FGSM, SEED, GRID, progress).around("somewhere", "images", SoftmaxRegression.images());
    }
  }

  private static List<float[]> bits(LibtorchClassifier model) {
    List<float[]> values = new ArrayList<>();
    model.parameters().forEach((name, tensor) -> values.add(Tensors.toFloats(tensor)));
    return values;
  }

  @Test
  void everyFilterOfADirectionIsAsLongAsTheNetworksAndZerosStay() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = SoftmaxRegression.create(1)) {
      MaskSet masks = MaskSet.copyOf(mask());
      masks.applyTo(model.parameters());
      masks.close();
      NamedTensors weights = model.parameters().select(model.prunableParameters());
      NamedTensors direction = FilterDirections.draw(weights, mask(), SEED, 0);
      assertThat(direction.names()).containsExactly(WEIGHT);
      float[] weight = Tensors.toFloats(weights.get(WEIGHT));
      float[] moved = Tensors.toFloats(direction.get(WEIGHT));
      for (int filter = 0; filter < 3; filter++) {
        assertThat(length(moved, filter)).as("filter %d", filter).isCloseTo(length(weight, filter), within(1e-6));
      }
      for (int i = 0; i < moved.length; i++) {
        assertThat(moved[i] != 0).as("weight %d", i).isEqualTo(ACTIVE[i]);
      }
      assertThat(Tensors.toFloats(FilterDirections.draw(weights, mask(), SEED, 1).get(WEIGHT))).isNotEqualTo(moved);
    }
  }

  /** Filter 1 of the mask has no active weight: its length is 0, and so is its direction's. */
  private static double length(float[] matrix, int filter) {
    return Math.sqrt(Math.pow(matrix[3 * filter], 2) + Math.pow(matrix[3 * filter + 1], 2) + Math.pow(matrix[3 * filter + 2], 2));
  }

  @Test
  void lossesAreThoseOfTheNetworksThatStandThere() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = SoftmaxRegression.create(1)) {
      LossLandscape landscape = survey(model, EvaluationProgress.SILENT);
      assertThat(landscape.line().places()).containsExactly(-0.5, -0.25, 0.0, 0.25, 0.5);
      NamedTensors weights = model.parameters().select(model.prunableParameters());
      float[] origin = Tensors.toFloats(weights.get(WEIGHT));
      float[] first = Tensors.toFloats(FilterDirections.draw(weights, mask(), SEED, 0).get(WEIGHT));
      float[] second = Tensors.toFloats(FilterDirections.draw(weights, mask(), SEED, 1).get(WEIGHT));
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          float[] moved = origin.clone();
          for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (0.5 * (column - 1) * first[i] + 0.5 * (row - 1) * second[i]);
          }
          double expected = SoftmaxRegression.loss(moved, bias(model), SoftmaxRegression.images());
          assertThat(landscape.clean().losses().get(row).get(column)).as("point %d, %d", column, row).isCloseTo(expected, within(1e-5));
        }
      }
      assertThat(landscape.line().clean().get(4)).isEqualTo(landscape.clean().losses().get(1).get(2));
      assertThat(landscape.line().adversarial().get(0)).isEqualTo(landscape.adversarial().losses().get(1).get(0));
    }
  }

  private static float[] bias(LibtorchClassifier model) {
    return Tensors.toFloats(model.parameters().get("linear.bias"));
  }

  @Test
  void theInputPlaneHasTheImagesAtItsMiddleAndTheAdversarialOnesAtOne() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = SoftmaxRegression.create(1)) {
      LossLandscape landscape = survey(model, EvaluationProgress.SILENT);
      assertThat(landscape.input().places()).containsExactly(-1.0, 0.0, 1.0);
      FixedImages images = SoftmaxRegression.images();
      assertThat(landscape.input().losses().get(1).get(1)).isCloseTo(SoftmaxRegression.loss(model, images), within(1e-5));
      double attacked = SoftmaxRegression.loss(model, images.attacked(model, FGSM, SEED));
      assertThat(landscape.input().losses().get(1).get(2)).isCloseTo(attacked, within(1e-5));
      assertThat(attacked).isGreaterThan(1.01 * SoftmaxRegression.loss(model, images));
      assertThat(landscape.adversarial().losses().get(1).get(1)).isCloseTo(attacked, within(1e-5));
    }
  }

  @Test
  void weightsAreAfterwardsWhatTheyWere() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = SoftmaxRegression.create(1);
        MaskSet masks = MaskSet.copyOf(mask())) {
      masks.applyTo(model.parameters());
      List<float[]> before = bits(model);
      survey(model, EvaluationProgress.SILENT);
      assertThat(bits(model)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void weightsAreWhatTheyWereAfterASurveyThatWasAbandoned() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = SoftmaxRegression.create(1);
        MaskSet masks = MaskSet.copyOf(mask())) {
      masks.applyTo(model.parameters());
      List<float[]> before = bits(model);
      EvaluationProgress impatient =
          (done, total) -> {
            assertThat(total).isEqualTo(5 + 9);
            if (done == 4) {
              throw new IllegalStateException("enough");
            }
          };
      assertThatThrownBy(() -> survey(model, impatient)).hasMessage("enough");
      assertThat(bits(model)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void drawsFourCharts() throws IOException {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = SoftmaxRegression.create(1)) {
      Path file = folder.resolve("landscape.png");
      survey(model, EvaluationProgress.SILENT).draw(file);
      BufferedImage picture = ImageIO.read(file.toFile());
      assertThat(picture.getWidth()).isEqualTo(2480);
      assertThat(picture.getHeight()).isEqualTo(1600);
    }
  }
}
