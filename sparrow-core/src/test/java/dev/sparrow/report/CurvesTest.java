package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sparrow.config.ConfigSources;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvesTest {

  @TempDir Path folder;

  @Test
  void writesAPictureOfTheDocumentedSizeOnWhite() throws IOException {
    Path file = folder.resolve("curves.png");
    Curves.write(file, Runs.run("flying-bird-plus", 3));
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(2480);
    assertThat(image.getHeight()).isEqualTo(1608);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xffffffff);
  }

  @Test
  void everySeriesIsDrawnInItsColour() throws IOException {
    BufferedImage sparse = draw(Runs.run("flying-bird-plus", 3));
    Palette palette = Palette.LIGHT;
    assertThat(count(sparse, palette.train().getRGB())).as("train").isGreaterThan(500);
    assertThat(count(sparse, palette.validation().getRGB())).as("validation").isGreaterThan(500);
    assertThat(count(sparse, palette.test().getRGB())).as("test").isGreaterThan(500);
    assertThat(count(sparse, palette.other().getRGB())).as("drop fraction").isGreaterThan(500);
  }

  @Test
  void testAccuraciesThatWereNotMeasuredAreNotDrawn() throws IOException {
    StoredRun run = Runs.run("dense", 3);
    StoredRun untested = new StoredRun(run.config(), run.epochs().stream().map(Runs::withoutTest).toList(), Optional.empty());
    assertThat(count(draw(untested), Palette.LIGHT.test().getRGB())).isZero();
    assertThat(count(draw(run), Palette.LIGHT.test().getRGB())).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"dense, 1", "flying-bird, 1", "flying-bird-plus, 31", "static, 2"})
  void drawsRunsOfAnyMethodAndLength(String method, int epochs) {
    assertThatCode(() -> Curves.png(Runs.run(method, epochs))).doesNotThrowAnyException();
  }

  @Test
  void aRunWithoutAttackDrawsTrainingAccuracyAsClean() throws IOException {
    StoredRun run = Runs.run("dense", 3);
    StoredRun standard =
        new StoredRun(ConfigSources.over(run.config()).set("objective=standard").resolve(), run.epochs(), Optional.empty());
    BufferedImage image = draw(standard);
    int train = Palette.LIGHT.train().getRGB();
    assertThat(count(image.getSubimage(0, 0, 1240, 848), train)).as("robust accuracy").isZero();
    assertThat(count(image.getSubimage(1240, 0, 1240, 848), train)).as("clean accuracy").isPositive();
  }

  @Test
  void theBestEpochIsTheEarliestOfEquals() {
    StoredRun run = Runs.run("dense", 4);
    assertThat(run.best().epoch()).isEqualTo(2);
  }

  @Test
  void seriesContrastWithTheirBackground() {
    Palette palette = Palette.LIGHT;
    double background = Runs.luminance(palette.background());
    for (Color color : List.of(palette.train(), palette.validation(), palette.test(), palette.other(), palette.text())) {
      double contrast = (background + 0.05) / (Runs.luminance(color) + 0.05);
      assertThat(contrast).as("%s on %s", color, palette.background()).isGreaterThan(3);
    }
  }

  private static BufferedImage draw(StoredRun run) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Curves.png(run)));
  }

  private static long count(BufferedImage image, int rgb) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == rgb ? 1 : 0;
      }
    }
    return count;
  }
}
