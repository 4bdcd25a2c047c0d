package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.units.Seed;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random numbers that must never change, or finished runs could not be repeated; computed apart from this code, in Python. */
class ReproducibilityTest {

  @Test
  void orderOfAnEpoch() {
    Batch epoch = Batches.training(TestImages.noiseSet(10, 4, 10), Augmentation.NONE, 10, new Seed(7), 3).get(0);
    assertThat(epoch.labels()).containsExactly(2, 5, 7, 4, 0, 6, 9, 1, 8, 3);
  }

  @Test
  void augmentation() {
    Transform first = Augmentation.CROP_FLIP_AND_ROTATE.draw(new Seed(7), 3, 5);
    assertThat(first).usingRecursiveComparison().ignoringFields("degrees").isEqualTo(new Transform(4, -3, true, 0));
    assertThat(first.degrees()).isCloseTo(6.180130482101153, within(1e-12));
    Transform second = Augmentation.CROP_FLIP_AND_ROTATE.draw(new Seed(7), 0, 49_999);
    assertThat(second).usingRecursiveComparison().ignoringFields("degrees").isEqualTo(new Transform(1, -4, false, 0));
    assertThat(second.degrees()).isCloseTo(4.597014680192265, within(1e-12));
  }

  @Test
  void divisionOfSetsSortedByClass() {
    ImageSet images = TestImages.noiseSet(10, 4, 10);
    Splitter.TrainAndValidation division = new Splitter(true, 0, 0).divide(images);
    assertThat(labels(division.train())).containsExactly(4, 6, 0, 9, 1, 2, 3, 7, 5);
    assertThat(labels(division.validation())).containsExactly(8);
    assertThat(labels(new Splitter(true, 0, 3).test(images))).containsExactly(8, 3, 4);
  }

  @Test
  void divisionOfCifar() {
    ImageSet cifar = TestImages.noiseSet(1, 1, 1).subset(new int[50_000]);
    Splitter.TrainAndValidation division = new Splitter(false, 0, 0).divide(cifar);
    assertThat(division.train().size()).isEqualTo(45_000);
    assertThat(division.validation().size()).isEqualTo(5_000);
    assertThat(Batches.evaluation(division.train(), 128).count()).isEqualTo(352);
    assertThat(new Splitter(false, 5, 0).divide(cifar).validation().size()).isEqualTo(1);
  }

  private static int[] labels(ImageSet images) {
    return IntStream.range(0, images.size()).map(images::label).toArray();
  }
}
