package dev.sparrow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UpdateScheduleTest {

  private static final long HALF = 100 * 352;
  private static final long ALL = 200 * 352;

  @Test
  void updatesAtMultiplesOfTheFrequency() {
    UpdateSchedule schedule = UpdateSchedule.every(3);
    assertThat(LongStream.rangeClosed(1, 10).filter(schedule::isDue)).containsExactly(3L, 6L, 9L);
  }

  @Test
  void theCounterDoesNotRestartWhenTheFrequencyChanges() {
    UpdateSchedule schedule = UpdateSchedule.every(3).thenEvery(4, 7);
    assertThat(LongStream.rangeClosed(1, 16).filter(schedule::isDue)).containsExactly(3L, 6L, 8L, 12L, 16L);
  }

  @Test
  void flyingBirdOnCifarUpdatesThirtyNineAndTwentyNineTimes() {
    UpdateSchedule schedule = UpdateSchedule.every(900).thenEvery(1200, HALF);
    assertThat(LongStream.rangeClosed(1, HALF).filter(schedule::isDue).count()).isEqualTo(39);
    assertThat(LongStream.rangeClosed(HALF + 1, ALL).filter(schedule::isDue).count()).isEqualTo(29);
  }

  @Test
  void stops() {
    UpdateSchedule schedule = UpdateSchedule.every(2).stoppingAt(6);
    assertThat(LongStream.rangeClosed(1, 10).filter(schedule::isDue)).containsExactly(2L, 4L);
  }

  @Test
  void neverMeansNever() {
    assertThat(LongStream.rangeClosed(1, 10).filter(UpdateSchedule.never()::isDue)).isEmpty();
  }

  @Test
  void frequenciesAreAtLeastOne() {
    assertThatThrownBy(() -> UpdateSchedule.every(0))
        .isInstanceOf(BadInput.class)
        .hasMessage("update frequency: expected a whole number of at least 1, got 0");
    assertThatThrownBy(() -> UpdateSchedule.every(900).thenEvery(-1, 5))
        .hasMessage("update frequency: expected a whole number of at least 1, got -1");
  }
}
