package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Op;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormStateTest {

  private static NormLayer norm() {
    NormLayer norm = new NormLayer(new Op.BatchNorm("n", 1), 0, Optional.empty());
    norm.gamma[0] = 3;
    norm.beta[0] = 0.5f;
    return norm;
  }

  /** gamma / sqrt(variance + 1e-5) and beta - mean * scale, by hand: sqrt(4) = 2, but for the 1e-5. */
  @Test
  void normalizesByGivenStatistics() {
    NormState state = new NormState(1);
    state.use(norm(), 0, 2, 4 - 1e-5);
    assertThat(state.scale).containsExactly(1.5f);
    assertThat(state.shift).containsExactly(-2.5f);
  }

  @Test
  void aBiasShiftsTheRunningMean() {
    NormLayer norm = norm();
    norm.runningMean[0] = 2;
    norm.runningVariance[0] = (float) (4 - 1e-5);
    norm.bias[0] = 1;
    NormState state = new NormState(1);
    state.useRunning(norm);
    assertThat((double) state.scale[0]).isCloseTo(1.5, within(1e-6));
    assertThat((double) state.shift[0]).isCloseTo(0.5 - 1 * 1.5, within(1e-6));
  }

  /** 0.9 of the old, 0.1 of the new; the new variance is unbiased: 4 * 5 / 4 = 5. */
  @Test
  void runningStatisticsFollow() {
    NormLayer norm = norm();
    norm.runningMean[0] = 1;
    norm.runningVariance[0] = 10;
    norm.bias[0] = 7;
    norm.follow(0, 2, 4, 5);
    assertThat((double) norm.runningMean[0]).isCloseTo(0.9 + 0.1 * (2 + 7), within(1e-6));
    assertThat((double) norm.runningVariance[0]).isCloseTo(9 + 0.5, within(1e-6));
  }

  /**
   * The gradient through batch norm has mean zero and is orthogonal to the value, since adding a constant to all values or scaling them
   * changes nothing; values 1 and 3, gradients 1 and 0.
   */
  @Test
  void centresGradients() {
    double[] values = {1, 3, 2, 2};
    double[] gradients = {1, 0, 0.5, -2};
    NormState state = new NormState(1);
    NormLayer norm = norm();
    state.use(norm, 0, 2, 0.5);
    double sum = -0.5;
    double products = 1 + 0 + 1 - 4;
    state.centre(norm, 0, sum, products, 4);
    double total = 0;
    double product = 0;
    for (int i = 0; i < 4; i++) {
      double centred = gradients[i] * state.a[0] + values[i] * state.b[0] + state.c[0];
      total += centred;
      product += centred * (values[i] - 2);
    }
    assertThat(total).isCloseTo(0, within(1e-5));
    assertThat(product).isCloseTo(0, within(1e-3)); // but for the 1e-5 that is added to the variance
    assertThat(state.gammaGradient(0, sum, products)).isCloseTo((products - 2 * sum) / Math.sqrt(0.5 + 1e-5), within(1e-9));
    assertThat((double) state.a[0]).isCloseTo(3 / Math.sqrt(0.5 + 1e-5), within(1e-6));
  }
}
