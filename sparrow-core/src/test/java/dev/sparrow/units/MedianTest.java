package dev.sparrow.units;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void isTheMiddleOrTheMeanOfTheMiddleTwo() {
    assertThat(Median.of(3)).isEqualTo(3);
    assertThat(Median.of(9, 1, 2)).isEqualTo(2);
    assertThat(Median.of(9, 1, 2, 4)).isEqualTo(3);
  }

  @Test
  void leavesTheValuesInTheirOrder() {
    double[] values = {3, 1, 2};
    Median.of(values);
    assertThat(values).containsExactly(3, 1, 2);
  }
}
