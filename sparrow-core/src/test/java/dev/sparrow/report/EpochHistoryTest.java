package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.Method;
import dev.sparrow.report.EpochRecord.Validation;
import dev.sparrow.sparse.DensityEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpochHistoryTest {

  private static final List<EpochRecord> FALLING_DENSITY =
      List.of(epoch(0, 0.6, 1), epoch(1, 0.3, 0.5), epoch(2, 0.4, 0.2), epoch(3, 0.5, 0.2), epoch(4, 0.5, 0.2));

  @ParameterizedTest
  @EnumSource(names = "GRADUAL", mode = EnumSource.Mode.EXCLUDE)
  void theEarliestOfTheBestCounts(Method method) {
    assertThat(new EpochHistory(method, FALLING_DENSITY).best().epoch()).isZero();
    assertThat(new EpochHistory(method, FALLING_DENSITY.subList(1, 5)).best().epoch()).isEqualTo(3);
  }

  @Test
  void gradualPruningIsJudgedAtItsLastDensity() {
    assertThat(new EpochHistory(Method.GRADUAL, FALLING_DENSITY).best().epoch()).isEqualTo(3);
    assertThat(new EpochHistory(Method.GRADUAL, FALLING_DENSITY.subList(0, 2)).best().epoch()).isEqualTo(1);
  }

  @Test
  void aNewBestIsBetterThanAllBefore() {
    EpochHistory history = new EpochHistory(Method.FLYING_BIRD, FALLING_DENSITY);
    assertThat(history.wouldBeMostRobust(new Validation(0, 0.61, 1), 0.2)).isTrue();
    assertThat(history.wouldBeMostRobust(new Validation(0, 0.6, 1), 0.2)).isFalse();
    assertThat(history.wouldBeCleanest(new Validation(0.81, 0, 1), 0.2)).isTrue();
    assertThat(history.wouldBeCleanest(new Validation(0.8, 0, 1), 0.2)).isFalse();
    assertThat(new EpochHistory(Method.DENSE, List.of()).wouldBeMostRobust(new Validation(0, 0, 1), 1)).isTrue();
  }

  @Test
  void denserEpochsOfGradualPruningAreNoRivals() {
    EpochHistory history = new EpochHistory(Method.GRADUAL, FALLING_DENSITY.subList(0, 3));
    assertThat(history.wouldBeMostRobust(new Validation(0.1, 0.1, 1), 0.1)).isTrue();
    assertThat(history.wouldBeCleanest(new Validation(0.1, 0.1, 1), 0.1)).isTrue();
    assertThat(history.wouldBeMostRobust(new Validation(0, 0.4, 1), 0.2)).isFalse();
    assertThat(history.wouldBeMostRobust(new Validation(0, 0.41, 1), 0.2)).isTrue();
  }

  private static EpochRecord epoch(int epoch, double robust, double density) {
    return new EpochRecord(
        epoch, 0.1, 1, 0.5, new Validation(robust + 0.2, robust, 1), Optional.empty(), density, 0, 1, DensityEvent.NONE, 1, 1);
  }
}
