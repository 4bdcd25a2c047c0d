package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.sparse.DistanceHistory;
import dev.sparrow.sparse.MaskSettling;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistanceMapTest {

  private static final int NEAR = 0xFDE725;
  private static final int FAR = 0x440154;
  private static final int UNKNOWN = 0xE1E4E8;

  @TempDir Path folder;

  /** Epoch 1 is far from epoch 0, epoch 2 has settled near epoch 1, and its distance to epoch 0 was not kept. */
  @Test
  void cellsHaveTheColoursOfTheirDistances() throws IOException {
    BufferedImage picture = draw(new MaskSettling(new DistanceHistory(List.of(List.of(), List.of(1.0), List.of(0.0))), 2, 0.1));
    assertThat(picture.getWidth()).isEqualTo(1300);
    assertThat(picture.getHeight()).isEqualTo(1160);
    int[][] expected = {{NEAR, FAR, UNKNOWN}, {FAR, NEAR, NEAR}, {UNKNOWN, NEAR, NEAR}};
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        int x = 2 * (64 + 440 * (2 * column + 1) / 6);
        int y = 2 * (76 + 440 * (2 * row + 1) / 6);
        assertThat(picture.getRGB(x, y) & 0xFFFFFF).as("epochs %d and %d", row, column).isEqualTo(expected[row][column]);
      }
    }
  }

  @Test
  void drawsOneEpochAndManyAndAMaskThatNeverSettled() throws IOException {
    draw(new MaskSettling(DistanceHistory.EMPTY.with(List.of()), 5, 0));
    BufferedImage many = draw(new MaskSettling(settlingOver(57), 5, 0.08));
    assertThat(many.getRGB(2 * 66, 2 * 514) & 0xFFFFFF).as("the first epoch against the last is far").isNotEqualTo(NEAR);
  }

  /** Distances that fall quickly at epoch 50, as after a drop of the learning rate. */
  static DistanceHistory settlingOver(int epochs) {
    DistanceHistory history = DistanceHistory.EMPTY;
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<Double> row = new ArrayList<>();
      for (int back = 1; back <= Math.min(epoch, 45); back++) {
        row.add(Math.min(0.32, (epoch >= 51 && epoch - back >= 50 ? 0.02 : 0.12) + 0.012 * back));
      }
      history = history.with(row);
    }
    return history;
  }

  private BufferedImage draw(MaskSettling settling) throws IOException {
    Path file = folder.resolve("distances.png");
    DistanceMap.write(file, settling);
    return ImageIO.read(file.toFile());
  }
}
