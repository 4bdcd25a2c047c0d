package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DensityControllerTest {

  private static final DensityController PAPER = new DensityController(100, 4, 0.5, 0.4, 0.05);
  private static final List<Double> RISING = List.of(5.0, 6.0, 7.0, 8.0, 7.5, 9.0);
  private static final List<Double> FALLING = List.of(9.0, 8.0, 7.0, 6.0, 5.0, 4.0);

  @Test
  void sharesOfTheReference() {
    SignalHistory history = new SignalHistory(RISING, List.of(1.0, 1.1, 1.2, 1.15, 1.3, 1.4));
    assertThat(history.risingGapShare(4)).isEqualTo(0.75);
    assertThat(history.stalledLossShare(4)).isEqualTo(0.75);
  }

  @Test
  void eachSignalFiresForItself() {
    assertThat(PAPER.decide(new SignalHistory(RISING, RISING), 100).event()).isEqualTo(DensityEvent.BOTH);
    assertThat(PAPER.decide(new SignalHistory(RISING, FALLING), 100)).isEqualTo(new DensityChange(0.4, 0));
    assertThat(PAPER.decide(new SignalHistory(FALLING, RISING), 100)).isEqualTo(new DensityChange(0, 0.05));
    assertThat(PAPER.decide(new SignalHistory(FALLING, FALLING), 100)).isEqualTo(DensityChange.NONE);
  }

  @Test
  void nothingFiresBeforeTheFirstEpoch() {
    SignalHistory history = new SignalHistory(RISING, RISING);
    assertThat(PAPER.decide(history, 99)).isEqualTo(DensityChange.NONE);
    assertThat(PAPER.decide(history, 100)).isEqualTo(new DensityChange(0.4, 0.05));
  }

  @Test
  void anUnchangedGapIsNotRisingButAnUnchangedLossIsStalled() {
    SignalHistory flat = new SignalHistory(List.of(1.0, 1.0, 1.0), List.of(1.0, 1.0, 1.0));
    assertThat(PAPER.decide(flat, 100)).isEqualTo(new DensityChange(0, 0.05));
  }

  @ParameterizedTest(name = "{0} rises in the window")
  @CsvSource({"1, false", "2, true", "3, true"})
  void halfOfTheWindowIsEnough(int rises, boolean fires) {
    Double[] gaps = new Double[5];
    gaps[0] = 0.0;
    for (int i = 1; i < gaps.length; i++) {
      gaps[i] = gaps[i - 1] + (i <= rises ? 1 : -1);
    }
    SignalHistory history = new SignalHistory(List.of(gaps), FALLING.subList(0, 5));
    assertThat(PAPER.decide(history, 100).prune() > 0).isEqualTo(fires);
  }

  @Test
  void onlyTheWindowCounts() {
    SignalHistory history = new SignalHistory(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 1.0, 0.0), FALLING);
    assertThat(PAPER.decide(history, 100)).isEqualTo(DensityChange.NONE);
  }

  @Test
  void earlyInARunTheDifferencesThereAreCount() {
    assertThat(new DensityController(0, 4, 0.5, 0.4, 0.05).decide(SignalHistory.EMPTY, 0)).isEqualTo(DensityChange.NONE);
    SignalHistory one = SignalHistory.EMPTY.with(new EpochSignals(0, 0.5, 0.4, 1.0));
    assertThat(new DensityController(0, 4, 0, 0.4, 0.05).decide(one, 1)).isEqualTo(DensityChange.NONE);
    SignalHistory two = one.with(new EpochSignals(1, 0.6, 0.4, 0.9));
    assertThat(new DensityController(0, 4, 0.5, 0.4, 0.05).decide(two, 2)).isEqualTo(new DensityChange(0.4, 0));
    assertThat(two.gaps().get(1)).isEqualTo(0.6 - 0.4);
    assertThat(two.losses()).containsExactly(1.0, 0.9);
  }
}
