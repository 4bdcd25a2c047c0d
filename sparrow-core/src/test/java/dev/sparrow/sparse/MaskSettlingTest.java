package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions by hand. */
class MaskSettlingTest {

  private static final MaskSettling START = new MaskSettling(DistanceHistory.EMPTY, 3, 0.1);

  @Test
  void emergesWhenTheNewestMaskIsNearToAllOthersOfAFullWindow() {
    MaskSettling two = START.with(List.of()).with(List.of(0.0));
    assertThat(two.emerged()).as("a window of three is not full after two epochs").isFalse();
    assertThat(two.latest()).containsExactly(0.0);
    assertThat(two.with(List.of(0.1, 0.1)).emerged()).as("the threshold itself counts").isTrue();
    assertThat(two.with(List.of(0.05, 0.11)).emerged()).as("one distance is too large").isFalse();
    assertThat(two.with(List.of(0.11, 0.05)).emerged()).isFalse();
  }

  @Test
  void masksBeforeTheWindowDoNotCountAndNothingIsForgotten() {
    MaskSettling settled = START.with(List.of()).with(List.of(0.9)).with(List.of(0.9, 0.9)).with(List.of(0.05, 0.02, 0.9));
    assertThat(settled.emerged()).isTrue();
    assertThat(settled.latest()).containsExactly(0.05, 0.02);
    assertThat(settled.with(List.of(0.7, 0.7, 0.7)).emerged()).as("it had emerged").isTrue();
  }

  @Test
  void nothingHasEmergedBeforeTheFirstEpoch() {
    assertThat(START.emerged()).isFalse();
    assertThat(START.latest()).isEmpty();
  }

  @Test
  void impossibleHistoriesAreRefused() {
    assertThatThrownBy(() -> DistanceHistory.EMPTY.with(List.of(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("distances of epoch 0: expected at most 0 in [0, 1], got [0.5]");
    assertThatThrownBy(() -> DistanceHistory.EMPTY.with(List.of()).with(List.of(Double.NaN))).isInstanceOf(IllegalArgumentException.class);
  }
}
