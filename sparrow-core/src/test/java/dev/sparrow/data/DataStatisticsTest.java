package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataStatisticsTest {

  @Test
  void countsAndMeasuresByHand() {
    byte[] dark = {0, 0, 0};
    byte[] bright = {-1, 51, 102};
    ImageSet images = ImageSet.of(1, List.of("a", "b", "c"), new byte[][] {dark, bright, bright, bright}, new int[] {0, 2, 2, 0});
    DataSplits data = new DataSplits(images, images.limit(1), images.range(1, 3), Normalization.NONE, Augmentation.NONE);
    DataStatistics statistics = DataStatistics.of(data);
    assertThat(statistics.imageSize()).isEqualTo(1);
    assertThat(statistics.classNames()).containsExactly("a", "b", "c");
    assertThat(statistics.splits()).containsExactly(
        new DataStatistics.Split("train", 4, List.of(2, 0, 2)),
        new DataStatistics.Split("validation", 1, List.of(1, 0, 0)),
        new DataStatistics.Split("test", 2, List.of(0, 0, 2)));
    // three of four pixels at v: mean 3 v / 4, standard deviation v sqrt(3) / 4
    for (int channel = 0; channel < 3; channel++) {
      double level = List.of(1.0, 0.2, 0.4).get(channel);
      assertThat(statistics.mean().get(channel)).isCloseTo(0.75 * level, within(1e-12));
      assertThat(statistics.std().get(channel)).isCloseTo(level * Math.sqrt(3) / 4, within(1e-12));
    }
  }

  @Test
  void theSampleIsCloseToThePublishedNumbersOfCifar10() {
    DataStatistics statistics = DataStatistics.of(Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 0, 0));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(statistics.mean().get(channel)).isCloseTo(Normalization.CIFAR10.mean().get(channel), within(0.01));
      assertThat(statistics.std().get(channel)).isCloseTo(Normalization.CIFAR10.std().get(channel), within(0.01));
    }
  }
}
