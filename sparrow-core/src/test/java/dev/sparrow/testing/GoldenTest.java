package dev.sparrow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The formula that rebuilds the golden inputs agrees with the check values stored beside the numbers. */
class GoldenTest {

  private final JsonNode formula = Golden.reference().get("formula");

  @Test
  void uniformStream() {
    for (int i = 0; i < 4; i++) {
      assertThat(Golden.uniform(10000, i)).isEqualTo(formula.get("uniform_first").get(i).asDouble());
    }
    assertThat(Golden.uniform(10000, 1000)).isEqualTo(formula.get("uniform_1000th").asDouble());
  }

  @Test
  void imagesAndLabels() {
    float[] images = Golden.images(1, 1, 32);
    for (int i = 0; i < 4; i++) {
      assertThat((double) images[i]).isCloseTo(formula.get("image_pixel_0_to_3").get(i).asDouble(), within(1e-7));
    }
    long[] labels = Golden.labels(1, 8, 10);
    for (int i = 0; i < 8; i++) {
      assertThat(labels[i]).isEqualTo(formula.get("labels").get(i).asLong());
    }
  }
}
