package dev.sparrow.data.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitalTest {

  /** Severity 3 raises the value, the strongest colour, by 0.15; the ratios of the colours are those of hue and saturation. */
  @ParameterizedTest
  @CsvSource({
    "0.2, 0.4, 0.1,  0.275, 0.55, 0.1375",
    "0, 0, 0,        0.15, 0.15, 0.15",
    "0.95, 0.19, 0,  1, 0.2, 0",
    "1, 1, 1,        1, 1, 1"
  })
  void brightnessRaisesTheValue(double red, double green, double blue, double brightRed, double brightGreen, double brightBlue) {
    Picture bright = new Brightness().apply(Pictures.constant(2, red, green, blue), 3, Pictures.draws(0));
    assertThat(bright.channel(0).at(1, 0)).isCloseTo(brightRed, within(1e-6));
    assertThat(bright.channel(1).at(1, 0)).isCloseTo(brightGreen, within(1e-6));
    assertThat(bright.channel(2).at(1, 0)).isCloseTo(brightBlue, within(1e-6));
  }

  /** Half 0.2 and half 0.6, mean 0.4: at severity 2 half of each distance remains, at 64 pixels 0.3 of it. */
  @Test
  void contrastGathersAroundTheMean() {
    Picture low = new Contrast().apply(Pictures.grey(Field.of(32, (y, x) -> x < 16 ? 0.2 : 0.6)), 2, Pictures.draws(0));
    assertThat(low.channel(0).at(3, 3)).isCloseTo(0.3, within(1e-6));
    assertThat(low.channel(2).at(3, 30)).isCloseTo(0.5, within(1e-6));
    Picture lower = new Contrast().apply(Pictures.grey(Field.of(64, (y, x) -> x < 32 ? 0.2 : 0.6)), 2, Pictures.draws(0));
    assertThat(lower.channel(1).at(0, 0)).isCloseTo(0.34, within(1e-6));
  }

  /** 64 pixels at severity 5 become 32 and then 64 again: squares of two by two. */
  @Test
  void pixelsBecomeTiles() {
    Picture checker = Pictures.grey(Field.of(64, (y, x) -> (y + x) % 2));
    assertThat(new Pixelate().apply(checker, 5, Pictures.draws(0)).pixels()).containsOnly(0.5f);
    Picture tiles = Pictures.grey(Field.of(64, (y, x) -> (y / 2 * 7 + x / 2 * 3) % 5 / 4.0));
    assertThat(new Pixelate().apply(tiles, 5, Pictures.draws(0)).pixels()).isEqualTo(tiles.pixels());
  }

  /** 4 pixels at severity 4 become 3, each the pixel or pixels below its centre: 0, (1 + 2) / 2, 3; then 0, 1.5, 1.5, 3. */
  @Test
  void tilesNeedNotDivideTheImage() {
    Picture ramp = Pictures.grey(Field.of(4, (y, x) -> x / 4.0));
    Field tiled = new Pixelate().apply(ramp, 4, Pictures.draws(0)).channel(0);
    double[] expected = {0, 1.5 / 4, 1.5 / 4, 3 / 4.0};
    for (int x = 0; x < 4; x++) {
      assertThat(tiled.at(2, x)).as("column %d", x).isCloseTo(expected[x], within(1e-6));
    }
  }

  /** Severity 1 has no noise, only an affine map, which takes planes to planes. */
  @Test
  void theMildestElasticTransformIsAffine() {
    Picture slope = Pictures.grey(Field.of(32, (y, x) -> 0.2 + 0.01 * y + 0.006 * x));
    Field warped = new ElasticTransform().apply(slope, 1, Pictures.draws(4)).channel(0);
    for (int y = 9; y < 23; y++) {
      for (int x = 9; x < 23; x++) {
        assertThat(warped.at(y, x + 1) - 2 * warped.at(y, x) + warped.at(y, x - 1)).isCloseTo(0, within(1e-6));
        assertThat(warped.at(y + 1, x) - 2 * warped.at(y, x) + warped.at(y - 1, x)).isCloseTo(0, within(1e-6));
      }
    }
    assertThat(warped.at(16, 16)).isNotEqualTo(slope.channel(0).at(16, 16));
  }

  @Test
  void affineMapsGoThroughTheirPoints() {
    double[] x = {3, 3, 1};
    double[] y = {4, 2, 2};
    AffineMap.Row row = AffineMap.through(x, y, new double[] {10, 4, 7});
    assertThat(row.at(4, 3)).isCloseTo(10, within(1e-12));
    assertThat(row.at(2, 3)).isCloseTo(4, within(1e-12));
    assertThat(row.at(2, 1)).isCloseTo(7, within(1e-12));
    Field noise = Pictures.noise(32, 1).channel(0);
    Picture still = Pictures.grey(AffineMap.draw(32, 0, Pictures.draws(0)).warped(noise));
    assertThat(Pictures.distance(still, Pictures.grey(noise))).as("points that do not move").isLessThan(1e-6);
  }

  /** A grey of one level is one coefficient per block, which survives to the nearest step. */
  @Test
  void jpegKeepsGreyAndLosesDetail() {
    Picture grey = Pictures.constant(32, 0.5, 0.5, 0.5);
    for (double value : Pictures.values(new JpegCompression().apply(grey, 5, Pictures.draws(0)))) {
      assertThat(value).isCloseTo(0.5, within(1.01 / 255));
    }
    Picture noise = Pictures.noise(32, 2);
    double[] before = Pictures.values(noise);
    double[] after = Pictures.values(new JpegCompression().apply(noise, 5, Pictures.draws(0)));
    double squares = 0;
    for (int i = 0; i < before.length; i++) {
      squares += (after[i] - before[i]) * (after[i] - before[i]) / before.length;
    }
    assertThat(Math.sqrt(squares)).isBetween(0.1, 0.5);
  }
}
