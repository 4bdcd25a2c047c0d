package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixMapTest {

  @TempDir private Path folder;

  @Test
  void colorsRunFromOneEndToTheOther() {
    assertThat(ColorScale.VIRIDIS.at(0).getRGB() & 0xFFFFFF).isEqualTo(0x440154);
    assertThat(ColorScale.VIRIDIS.at(0.5).getRGB() & 0xFFFFFF).isEqualTo(0x21918C);
    assertThat(ColorScale.VIRIDIS.at(1).getRGB() & 0xFFFFFF).isEqualTo(0xFDE725);
    assertThat(ColorScale.VIRIDIS.at(2)).isEqualTo(ColorScale.VIRIDIS.at(1));
    assertThat(ColorScale.VIRIDIS.at(0.125).getRGB() & 0xFFFFFF).isEqualTo(0x402A70); // half way between 440154 and 3B528B
    assertThat(ColorScale.VIRIDIS_FROM_BRIGHT.at(0.25)).isEqualTo(ColorScale.VIRIDIS.at(0.75));
  }

  @Test
  void everyCellHasTheColorOfItsValue() throws IOException {
    Path file = folder.resolve("map.png");
    new MatrixMap("title", "subtitle", "rows", List.of("a"), "columns", List.of("b", "c"), List.of(List.of(0.0, 1.0))).write(file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(count(picture, 0x440154)).isGreaterThan(60 * 60); // cells of 112 pixels, less the digits
    assertThat(count(picture, 0xFDE725)).isGreaterThan(60 * 60);
    assertThat(first(picture, 0x440154)).isLessThan(first(picture, 0xFDE725));
  }

  @Test
  void manyRowsStillHaveReadableNames() throws IOException {
    List<String> names = IntStream.range(0, 60).mapToObj(i -> "layer" + i).toList();
    Path file = folder.resolve("map.png");
    new MatrixMap("title", "subtitle", "rows", names, "columns", names, Collections.nCopies(60, Collections.nCopies(60, 0.5))).write(file);
    assertThat(ImageIO.read(file.toFile()).getHeight()).isGreaterThan(2 * 60 * 13);
  }

  @Test
  void refusesAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MatrixMap("t", "s", "r", List.of("a", "b"), "c", List.of("d"), List.of(List.of(1.0))))
        .withMessage("values: expected 2 rows of 1, got [[1.0]]");
  }

  private static long count(BufferedImage picture, int color) {
    return IntStream.range(0, picture.getHeight() * picture.getWidth())
        .filter(i -> (picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) & 0xFFFFFF) == color)
        .count();
  }

  /** Leftmost column with a color, in a row through the middle of the cells. */
  private static int first(BufferedImage picture, int color) {
    int y = 2 * (84 + 8);
    return IntStream.range(0, picture.getWidth()).filter(x -> (picture.getRGB(x, y) & 0xFFFFFF) == color).findFirst().orElseThrow();
  }
}
