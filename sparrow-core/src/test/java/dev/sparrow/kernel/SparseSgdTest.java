package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.config.OptimizerConfig;
import dev.sparrow.schedule.LearningRateKind;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.train.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

final class SparseSgdTest {

  /** With a constant gradient the momentum is a geometric sum, and the weight falls by the sum of these sums. */
  @Test
  void momentumOfAConstantGradientIsAGeometricSum() {
    float[] weight = {1};
    SparseSgd sgd = new SparseSgd(Map.of("w", weight), 0.5, 0);
    for (int step = 0; step < 3; step++) {
      sgd.step(Map.of("w", new float[] {0.25f}), 0.5);
    }
    assertThat(sgd.momentum("w")).containsExactly(0.25f * 1.75f);
    assertThat(weight).containsExactly(1 - 0.5f * 0.25f * (1 + 1.5f + 1.75f));
  }

  @Test
  void weightDecayAloneShrinksByTheSameFactor() {
    float[] weight = {1, -2};
    SparseSgd sgd = new SparseSgd(Map.of("w", weight), 0, 0.5);
    for (int step = 0; step < 4; step++) {
      sgd.step(Map.of("w", new float[2]), 0.5);
    }
    assertThat(weight).containsExactly((float) Math.pow(0.75, 4), -2 * (float) Math.pow(0.75, 4));
  }

  @Test
  void inactiveWeightsStayZeroWhateverTheirGradient() {
    float[] weight = {1, 2, 3};
    SparseSgd sgd = new SparseSgd(Map.of("w", weight), 0.5, 0.5);
    sgd.step(Map.of("w", new float[] {1, 1, 1}), 1);
    sgd.activate("w", new boolean[] {true, false, true});
    assertThat(weight[1]).isZero();
    assertThat(sgd.momentum("w")[1]).isZero();
    sgd.step(Map.of("w", new float[] {1, Float.NaN, 1}), 1);
    assertThat(weight[1]).isZero();
    assertThat(sgd.momentum("w")[1]).isZero();
    assertThat(weight[0]).isNotZero();
  }

  @Test
  void aGrownWeightStartsAtZeroAndTrains() {
    float[] weight = {4, 4};
    SparseSgd sgd = new SparseSgd(Map.of("w", weight), 0.5, 0);
    sgd.activate("w", new boolean[] {true, false});
    sgd.step(Map.of("w", new float[] {1, 1}), 1);
    sgd.activate("w", new boolean[] {true, true});
    sgd.step(Map.of("w", new float[] {1, 1}), 1);
    assertThat(weight).containsExactly(4 - 1 - 1.5f, -1);
    assertThat(sgd.momentum("w")).containsExactly(1.5f, 1);
  }

  /** The optimizer of tensors, with weights and gradients multiplied by the mask. */
  @Test
  void equalsTheOptimizerOfTensors() {
    Random random = new Random(3);
    int size = 500;
    float[] weight = new float[size];
    boolean[] active = new boolean[size];
    for (int i = 0; i < size; i++) {
      active[i] = random.nextInt(4) == 0;
      weight[i] = active[i] ? (float) random.nextGaussian() : 0;
    }
    OptimizerConfig config = new OptimizerConfig(0.1, LearningRateKind.MULTISTEP, List.of(), 0.9, 5e-4);
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = Tensors.ofFloats(weight, size);
      try (Sgd twin = new Sgd(new NamedTensors(Map.of("w", tensor)), config)) {
        SparseSgd sgd = new SparseSgd(Map.of("w", weight), 0.9, 5e-4);
        sgd.activate("w", active);
        for (int step = 0; step < 20; step++) {
          float[] gradient = new float[size];
          float[] masked = new float[size];
          for (int i = 0; i < size; i++) {
            gradient[i] = (float) random.nextGaussian();
            masked[i] = active[i] ? gradient[i] : 0;
          }
          sgd.step(Map.of("w", gradient), 0.1 / (1 + step));
          twin.step(new NamedTensors(Map.of("w", Tensors.ofFloats(masked, size))), 0.1 / (1 + step));
        }
        assertThat(weight).containsExactly(Tensors.toFloats(tensor), within(1e-6f));
        assertThat(sgd.momentum("w")).containsExactly(Tensors.toFloats(twin.momentum().get("w")), within(1e-5f));
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    SparseSgd sgd = new SparseSgd(Map.of("w", new float[2]), 0.9, 0);
    assertThatThrownBy(() -> sgd.step(Map.of(), 1)).isInstanceOf(BadInput.class)
        .hasMessage("gradient of w: expected 2 values, got 0 (SGD)");
    assertThatThrownBy(() -> sgd.activate("w", new boolean[3])).isInstanceOf(BadInput.class)
        .hasMessage("mask of w: expected 2 values, got 3 (SGD)");
    assertThatThrownBy(() -> sgd.activate("v", new boolean[3])).isInstanceOf(BadInput.class)
        .hasMessage("parameter: expected one of the optimizer's, got 'v' (SGD)");
    assertThatThrownBy(() -> new SparseSgd(Map.of(), 1, 0)).isInstanceOf(BadInput.class)
        .hasMessage("momentum: expected a number in [0, 1), got 1.0");
    assertThatThrownBy(() -> new SparseSgd(Map.of(), 0, -1)).isInstanceOf(BadInput.class)
        .hasMessage("weight decay: expected a number of at least 0, got -1.0");
  }
}
