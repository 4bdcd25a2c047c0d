package dev.sparrow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTest {

  @ParameterizedTest(name = "multistep after {0} steps: {1}")
  @CsvSource({"0, 0.1", "35199, 0.1", "35200, 0.01", "52799, 0.01", "52800, 0.001", "70399, 0.001"})
  void multistepDividesByTenAtTheMilestones(long steps, double expected) {
    LearningRate rate = LearningRate.of(LearningRateKind.MULTISTEP, 0.1, List.of(100, 150), 200, 352);
    assertThat(rate.at(steps)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void multistepHasPyTorchsBits() {
    LearningRate rate = LearningRate.of(LearningRateKind.MULTISTEP, 0.1, List.of(1, 2), 3, 1);
    assertThat(rate.at(1)).isEqualTo(0.010000000000000002);
    assertThat(rate.at(2)).isEqualTo(0.0010000000000000002);
  }

  @ParameterizedTest(name = "cosine after {0} steps: {1}")
  @CsvSource({"0, 0.2", "9, 0.2", "10, 0.1", "19, 0.1", "20, 0", "1000, 0"})
  void cosineChangesOncePerEpoch(long steps, double expected) {
    LearningRate rate = LearningRate.of(LearningRateKind.COSINE, 0.2, List.of(), 2, 10);
    assertThat(rate.at(steps)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest(name = "cyclic after {0} steps: {1}")
  @CsvSource({"0, 0.05", "1, 0.1", "3, 0.2", "6, 0.1", "9, 0", "12, 0"})
  void cyclicRisesToTwoFifthsAndFallsToZero(long steps, double expected) {
    LearningRate rate = LearningRate.of(LearningRateKind.CYCLIC, 0.2, List.of(), 5, 2);
    assertThat(rate.at(steps)).isCloseTo(expected, within(1e-15));
  }
}
