package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGridTest {

  private static final int SIZE = 32;
  private static final int PLANE = SIZE * SIZE;
  private static final int LEFT = 108;
  private static final int CLEAN = 8;
  private static final int ADVERSARIAL = CLEAN + 128 + 2 * 16 + 8;
  private static final int PERTURBATION = ADVERSARIAL + 128 + 16 + 8;

  @TempDir private Path folder;

  @Test
  void pixelsAreEnlargedFourTimesInTheirPlaces() {
    BufferedImage picture = new ImageGrid(SIZE).draw(List.of(example()));
    // pixel (row 1, column 2) of the clean image is pure red, all else is black
    for (int dy = 0; dy < 4; dy++) {
      for (int dx = 0; dx < 4; dx++) {
        assertThat(rgb(picture, LEFT + 8 + dx, CLEAN + 4 + dy)).isEqualTo(0xFF0000);
      }
    }
    assertThat(rgb(picture, LEFT + 7, CLEAN + 4)).isEqualTo(0);
    assertThat(rgb(picture, LEFT + 12, CLEAN + 4)).isEqualTo(0);
    assertThat(rgb(picture, LEFT + 8, CLEAN + 8)).isEqualTo(0);
    assertThat(rgb(picture, LEFT + 8, ADVERSARIAL + 4)).isEqualTo(0xCC0000); // 1 - 0.2
    assertThat(rgb(picture, LEFT, ADVERSARIAL)).isEqualTo(0x00001A); // + 0.1 of blue
  }

  @Test
  void theLargestChangeSpansHalfTheRange() {
    BufferedImage picture = new ImageGrid(SIZE).draw(List.of(example()));
    assertThat(rgb(picture, LEFT + 8, PERTURBATION + 4)).isEqualTo(0x008080); // red fell by the largest change
    assertThat(rgb(picture, LEFT, PERTURBATION)).isEqualTo(0x8080BF); // blue rose by half of it
    assertThat(rgb(picture, LEFT + 20, PERTURBATION + 20)).isEqualTo(0x808080);
  }

  @Test
  void anUnchangedImageIsGrey() {
    AdversarialExample same = new AdversarialExample(new float[3 * PLANE], new float[3 * PLANE], "cat", "cat", "cat");
    BufferedImage picture = new ImageGrid(SIZE).draw(List.of(same));
    assertThat(rgb(picture, LEFT + 64, PERTURBATION + 64)).isEqualTo(0x808080);
  }

  @Test
  void eightColumnsPerBlock() {
    ImageGrid grid = new ImageGrid(SIZE);
    BufferedImage eight = grid.draw(Collections.nCopies(8, example()));
    BufferedImage nine = grid.draw(Collections.nCopies(9, example()));
    assertThat(eight.getWidth()).isEqualTo(LEFT + 8 * 136).isEqualTo(nine.getWidth());
    int block = eight.getHeight() - 8;
    assertThat(nine.getHeight()).isEqualTo(8 + 2 * block);
    assertThat(rgb(nine, LEFT + 8, block + CLEAN + 4)).isEqualTo(0xFF0000);
    assertThat(rgb(nine, LEFT + 136 + 8, block + CLEAN + 4)).isEqualTo(0xFFFFFF);
  }

  @Test
  void wrongPredictionsAreRedAndLongNamesStayInTheirColumn() {
    AdversarialExample right = new AdversarialExample(new float[3 * PLANE], new float[3 * PLANE], "cat", "cat", "cat");
    AdversarialExample wrong = new AdversarialExample(new float[3 * PLANE], new float[3 * PLANE], "cat", "cat", "a very long name of a class that does not fit");
    BufferedImage picture = new ImageGrid(SIZE).draw(List.of(wrong, right));
    assertThat(hasInk(picture, 0xC01F2E, LEFT, LEFT + 128)).isTrue();
    assertThat(hasInk(picture, 0xC01F2E, LEFT + 129, picture.getWidth())).isFalse();
    assertThat(hasInk(picture, 0x1B7A3D, LEFT + 136, picture.getWidth())).isTrue();
  }

  @Test
  void writesAPngThatReadsBack() throws IOException {
    List<AdversarialExample> examples = new ArrayList<>(Collections.nCopies(3, example()));
    Path target = folder.resolve("grid.png");
    new ImageGrid(SIZE).write(target, examples);
    BufferedImage read = ImageIO.read(target.toFile());
    BufferedImage drawn = new ImageGrid(SIZE).draw(examples);
    assertThat(read.getWidth()).isEqualTo(drawn.getWidth());
    assertThat(rgb(read, LEFT + 8, CLEAN + 4)).isEqualTo(0xFF0000);
  }

  /** Rows: clean, its map, adversarial, perturbation, the adversarial image's map. */
  @Test
  void mapsLieOverGreyImages() {
    float[] nothing = new float[PLANE];
    float[] corner = new float[PLANE];
    corner[0] = 1;
    float[] white = new float[3 * PLANE];
    Arrays.fill(white, 1);
    AdversarialExample example = new AdversarialExample(white, white, "cat", "cat", "cat");
    BufferedImage picture = new ImageGrid(SIZE).drawExplained("Grad-CAM layer4.1", List.of(new ImageGrid.Explained(example, corner, nothing)));
    int cleanMap = CLEAN + 128 + 2 * 16 + 8;
    int adversarial = cleanMap + 128 + 8;
    int perturbation = adversarial + 128 + 16 + 8;
    int adversarialMap = perturbation + 128 + 8;
    assertThat(rgb(picture, LEFT, CLEAN)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, LEFT, cleanMap)).isEqualTo(0xFDFFC8); // 0.4 white + 0.6 of FCFFA4
    assertThat(rgb(picture, LEFT + 4, cleanMap)).isEqualTo(0x666668); // 0.4 white + 0.6 of 000004
    assertThat(rgb(picture, LEFT, adversarial)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, LEFT, perturbation)).isEqualTo(0x808080);
    assertThat(rgb(picture, LEFT, adversarialMap)).isEqualTo(0x666668);
    assertThat(picture.getHeight()).isEqualTo(adversarialMap + 128 + 3 * 8);
  }

  private static AdversarialExample example() {
    float[] clean = new float[3 * PLANE];
    clean[SIZE + 2] = 1;
    float[] adversarial = clean.clone();
    adversarial[SIZE + 2] = 0.8f;
    adversarial[2 * PLANE] = 0.1f;
    return new AdversarialExample(clean, adversarial, "ship", "ship", "automobile");
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  private static boolean hasInk(BufferedImage picture, int color, int fromX, int toX) {
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = fromX; x < toX; x++) {
        if (rgb(picture, x, y) == color) {
          return true;
        }
      }
    }
    return false;
  }
}
