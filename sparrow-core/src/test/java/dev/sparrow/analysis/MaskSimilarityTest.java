package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskSimilarityTest {

  @TempDir Path folder;

  /** Two layers of 4 and 2 weights, written as ones and zeros. */
  private static MaskSet masks(String first, String second) {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> masks = new LinkedHashMap<>();
      masks.put("a.weight", row(first));
      masks.put("b.weight", row(second));
      return MaskSet.copyOf(new NamedTensors(masks));
    }
  }

  private static Tensor row(String bits) {
    boolean[] active = new boolean[bits.length()];
    for (int i = 0; i < active.length; i++) {
      active[i] = bits.charAt(i) == '1';
    }
    return Tensors.ofBooleans(active, 1, active.length);
  }

  private static MaskSimilarity compare(MaskSet one, MaskSet other) {
    Map<String, MaskSet> masks = new LinkedHashMap<>();
    masks.put("one", one);
    masks.put("other", other);
    return MaskSimilarity.of(masks);
  }

  /** Shared: 1 of 1100 and 1010, 1 of 11 and 10. At random: 2 * 2 / 4 and 2 * 1 / 2. */
  @Test
  void agreesWithCountingByHand() {
    try (MaskSet one = masks("1100", "11");
        MaskSet other = masks("1010", "10")) {
      MaskSimilarity similarity = compare(one, other);
      MaskOverlap all = similarity.pairs().get(0).all();
      assertThat(similarity.pairs()).hasSize(1);
      assertThat(all.shared()).isEqualTo(2);
      assertThat(all.jaccard()).isCloseTo(2 / 5.0, within(1e-12));
      assertThat(all.overlap()).isCloseTo(2 / 3.0, within(1e-12));
      assertThat(all.distance()).isCloseTo(3 / 6.0, within(1e-12));
      assertThat(all.expectedShared()).isCloseTo(2, within(1e-12));
      assertThat(all.expectedJaccard()).isCloseTo(2 / 5.0, within(1e-12));
      assertThat(all.expectedDistance()).isCloseTo(3 / 6.0, within(1e-12));
      MaskOverlap first = similarity.pairs().get(0).layers().get("a.weight");
      assertThat(first.jaccard()).isCloseTo(1 / 3.0, within(1e-12));
      assertThat(first.expectedJaccard()).isCloseTo(1 / 3.0, within(1e-12));
      assertThat(similarity.networks().get(1).density()).isEqualTo(0.5);
    }
  }

  /** The mean over all 36 pairs of masks with two of four active weights. */
  @Test
  void theExpectedDistanceIsTheMeanOverAllMasks() {
    String[] all = {"1100", "1010", "1001", "0110", "0101", "0011"};
    double sum = 0;
    for (String one : all) {
      for (String other : all) {
        try (MaskSet first = masks(one, "00");
            MaskSet second = masks(other, "00")) {
          MaskOverlap layer = compare(first, second).pairs().get(0).layers().get("a.weight");
          sum += layer.distance();
          assertThat(layer.expectedDistance()).isCloseTo(0.5, within(1e-12));
        }
      }
    }
    assertThat(sum / 36).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void masksWithoutActiveWeightsAreEqual() {
    try (MaskSet one = masks("0000", "00");
        MaskSet other = masks("0000", "00")) {
      MaskOverlap all = compare(one, other).pairs().get(0).all();
      assertThat(all.jaccard()).isEqualTo(1);
      assertThat(all.overlap()).isEqualTo(1);
      assertThat(all.distance()).isZero();
    }
  }

  @Test
  void refusesNetworksOfDifferentShapes() {
    try (MaskSet one = masks("0000", "00");
        MaskSet other = masks("000", "00")) {
      assertThatThrownBy(() -> compare(one, other))
          .isInstanceOf(BadInput.class)
          .hasMessage("prunable weights: expected {a.weight=1x4, b.weight=1x2} as in one, got {a.weight=1x3, b.weight=1x2} (other)");
    }
  }

  @Test
  void drawsAPicture() throws IOException {
    Path file = folder.resolve("masks.png");
    try (MaskSet one = masks("1100", "11");
        MaskSet other = masks("1010", "10")) {
      compare(one, other).draw(file);
    }
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isGreaterThan(300);
  }
}
