package dev.sparrow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.units.Density;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CubicDensityTest {

  private static final CubicDensity FROM_10_TO_20 = new CubicDensity(new Density(0.2), 10, 20);

  /** The paper's sparsity 0.8 (1 - (1 - x)^3) by hand: at x = 0.5 it is 0.8 * 0.875 = 0.7. */
  @ParameterizedTest(name = "after {0} steps: {1}")
  @CsvSource({
    "0, 1", "10, 1", "11, 0.7832", "12, 0.6096", "13, 0.4744", "14, 0.3728", "15, 0.3", "16, 0.2512", "17, 0.2216", "18, 0.2064",
    "19, 0.2008", "20, 0.2", "21, 0.2", "1000, 0.2"
  })
  void followsTheCubic(long steps, double density) {
    assertThat(FROM_10_TO_20.at(steps).value()).isCloseTo(density, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.2", "0.3", "0.007", "1"})
  void endsExactlyAtTheLastDensity(double last) {
    assertThat(FROM_10_TO_20.towards(new Density(last)).at(20)).isEqualTo(new Density(last));
  }

  @Test
  void isDueAtUpdatesOnTheWayAndAtTheEnd() {
    UpdateSchedule everyFour = UpdateSchedule.every(4);
    assertThat(due(new CubicDensity(new Density(0.2), 8, 22), everyFour)).containsExactly(12L, 16L, 20L, 22L);
    assertThat(due(new CubicDensity(new Density(0.2), 0, 16), everyFour)).containsExactly(4L, 8L, 12L, 16L);
    assertThat(due(new CubicDensity(new Density(0.2), 0, 22), UpdateSchedule.every(900))).containsExactly(22L);
  }

  @ParameterizedTest(name = "{0} to {1} of {2} steps: {3} to {4}")
  @CsvSource({"0, 0.75, 36, 0, 27", "0.5, 1, 9, 4, 9", "0.5, 0.55, 10, 5, 6", "0, 0.75, 1, 0, 1", "0.99, 1, 1, 0, 1"})
  void fractionsOfARunAreRoundedDown(double startFraction, double endFraction, long steps, long start, long end) {
    assertThat(CubicDensity.over(new Density(0.3), startFraction, endFraction, steps))
        .isEqualTo(new CubicDensity(new Density(0.3), start, end));
  }

  @Test
  void startsBeforeItEnds() {
    assertThatThrownBy(() -> new CubicDensity(Density.DENSE, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cubic schedule: expected 0 <= start < end, got start 5 and end 5");
    assertThatThrownBy(() -> new CubicDensity(Density.DENSE, -1, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  private static LongStream due(CubicDensity density, UpdateSchedule updates) {
    return LongStream.rangeClosed(1, 40).filter(iteration -> density.isDue(iteration, updates));
  }
}
