package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {

  private static final ImageSet IMAGES = TestImages.noiseSet(6, 4, 3);

  @Test
  void subsetsKeepImagesAndLabelsTogether() {
    ImageSet subset = IMAGES.subset(4, 1, 4);
    assertThat(subset.size()).isEqualTo(3);
    assertThat(subset.numClasses()).isEqualTo(3);
    assertThat(subset.imageLength()).isEqualTo(48);
    assertThat(List.of(subset.label(0), subset.label(1), subset.label(2))).containsExactly(1, 1, 1);
    assertThat(subset.pixels(0)).isEqualTo(TestImages.noise(4, 4));
    assertThat(subset.pixels(1)).isEqualTo(TestImages.noise(1, 4));
    assertThat(IMAGES.range(2, 5).pixels(0)).isEqualTo(TestImages.noise(2, 4));
    assertThat(IMAGES.range(2, 5).size()).isEqualTo(3);
    assertThat(IMAGES.limit(2).size()).isEqualTo(2);
    assertThat(IMAGES.limit(7).size()).isEqualTo(6);
    assertThat(subset.sharedPixels(0)).isSameAs(IMAGES.sharedPixels(4));
  }

  @Test
  void doesNotChange() {
    IMAGES.pixels(0)[0]++;
    assertThat(IMAGES.pixels(0)).isEqualTo(TestImages.noise(0, 4));
    int[] labels = {0};
    ImageSet single = ImageSet.of(4, List.of("a", "b"), new byte[][] {TestImages.noise(0, 4)}, labels);
    labels[0] = 1;
    assertThat(single.label(0)).isZero();
  }

  @Test
  void refusesWhatDoesNotFit() {
    byte[][] one = {new byte[48]};
    assertThatThrownBy(() -> ImageSet.of(4, List.of("a"), one, new int[2]))
        .isInstanceOf(BadInput.class).hasMessage("labels: expected one for each of 1 images, got 2 (image set)");
    assertThatThrownBy(() -> ImageSet.of(5, List.of("a"), one, new int[1]))
        .isInstanceOf(BadInput.class).hasMessage("image: expected 3x5x5 bytes, got 48 (image 0)");
    assertThatThrownBy(() -> ImageSet.of(4, List.of("a"), one, new int[] {1}))
        .isInstanceOf(BadInput.class).hasMessage("label: expected 0 to 0, got 1 (image 0)");
  }
}
