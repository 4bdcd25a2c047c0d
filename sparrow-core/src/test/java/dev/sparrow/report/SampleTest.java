package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {

  @Test
  void theDeviationIsThatOfASample() {
    // Differences from the mean 5 are -3, -1, -1, -1, 0, 0, 2, 4; their squares sum to 32.
    Sample sample = Sample.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0)).orElseThrow();
    assertThat(sample.n()).isEqualTo(8);
    assertThat(sample.mean()).isEqualTo(5);
    assertThat(sample.deviation().orElseThrow()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
    assertThat(Sample.of(List.of(1.0, 2.0)).orElseThrow().deviation().orElseThrow()).isCloseTo(0.7071067811865476, within(1e-15));
  }

  @Test
  void oneSeedHasNoDeviation() {
    assertThat(Sample.of(List.of(0.25))).contains(new Sample(1, 0.25, Optional.empty()));
  }

  @Test
  void whatIsNotANumberWasNotMeasured() {
    assertThat(Sample.of(List.of())).isEmpty();
    assertThat(Sample.of(List.of(Double.NaN, Double.POSITIVE_INFINITY))).isEmpty();
    assertThat(Sample.of(List.of(Double.NaN, 3.0))).contains(new Sample(1, 3, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "PERCENT, 0.51104, 0.0021, 51.10 ± 0.21",
    "PERCENT, 0.51104, , 51.10",
    "PERCENT, 0.5, 0.00004, 50.00",
    "PERCENT, -0.125, 0.01, -12.50 ± 1.00",
    "PERCENT, -0.00001, , 0.00",
    "FLOPS, 1.2341e15, , 1.234e+15",
    "FLOPS, 1.25e15, 2.5e13, (1.250 ± 0.025)e+15",
    "FLOPS, 9.9996e15, , 1.000e+16",
    "FLOPS, 1.25e15, 1e9, 1.250e+15",
    "FLOPS, 0, , 0.000e+00",
    "DECIMAL, 61.25, 1.5, 61.3 ± 1.5",
    "SHARE, 0.6666666666666666, 0.5773502691896258, 2 of 3"
  })
  void isPrintedInItsUnit(Unit unit, double mean, Double deviation, String text) {
    assertThat(unit.text(new Sample(deviation == null ? 1 : 3, mean, Optional.ofNullable(deviation)))).isEqualTo(text);
  }
}
