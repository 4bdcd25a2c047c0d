package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptionGridTest {

  private static float[] grey(double level) {
    float[] pixels = new float[3 * 2 * 2];
    Arrays.fill(pixels, (float) level);
    return pixels;
  }

  @Test
  void everyImageHasItsPlace(@TempDir Path folder) throws IOException {
    CorruptionGrid grid = new CorruptionGrid(2, List.of(1, 5));
    grid.row("fog", List.of(grey(10 / 255.0), grey(20 / 255.0), grey(30 / 255.0)));
    grid.row("zoom_blur", List.of(grey(110 / 255.0), grey(120 / 255.0), grey(130 / 255.0)));
    grid.write(folder.resolve("grid.png"));
    BufferedImage picture = ImageIO.read(folder.resolve("grid.png").toFile());
    int[][] expected = {{10, 20, 30}, {110, 120, 130}};
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 3; column++) {
        int middleX = 108 + column * 136 + 64;
        int middleY = 8 + row * 152 + 64;
        assertThat(picture.getRGB(middleX, middleY) & 0xff).as("row %d, column %d", row, column).isEqualTo(expected[row][column]);
      }
    }
    assertThatThrownBy(() -> grid.row("fog", List.of(grey(0)))).hasMessage("images: expected 3, got 1");
  }
}
