package dev.sparrow.data.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlurTest {

  private static Field point(int size, int y, int x) {
    return Field.of(size, (row, column) -> row == y && column == x ? 1 : 0);
  }

  static Stream<CorruptionKind> averages() {
    return Stream.of(
        CorruptionKind.DEFOCUS_BLUR,
        CorruptionKind.GLASS_BLUR,
        CorruptionKind.MOTION_BLUR,
        CorruptionKind.ZOOM_BLUR,
        CorruptionKind.ELASTIC_TRANSFORM,
        CorruptionKind.PIXELATE,
        CorruptionKind.CONTRAST);
  }

  @ParameterizedTest
  @MethodSource("averages")
  void constantImagesStayConstant(CorruptionKind kind) {
    for (int size : new int[] {1, 3, 32, 45, 64}) {
      Picture constant = Pictures.constant(size, 0.2, 0.5, 0.9);
      for (int severity = 1; severity <= 5; severity++) {
        Picture blurred = kind.corruption().apply(constant, severity, Pictures.draws(severity));
        assertThat(Pictures.distance(blurred, constant)).as("size %d, severity %d", size, severity).isLessThan(1e-5);
      }
    }
  }

  @Test
  void kernelsSumToOne() {
    for (double radius : new double[] {0.3, 0.5, 1, 1.5, 2.5, 3}) {
      Field kernel = new DefocusBlur.Disk(radius, 0.4).kernel();
      assertThat(kernel.mean() * kernel.size() * kernel.size()).isCloseTo(1, within(1e-6));
    }
    for (double sigma : new double[] {0, 0.1, 0.9, 6.4}) {
      assertThat(Arrays.stream(GaussianFilter.truncated(sigma, 4, Border.NEAREST).kernel()).sum()).isCloseTo(1, within(1e-12));
    }
    assertThat(Arrays.stream(new Streak(10, 3, 12).kernel()).sum()).isCloseTo(1, within(1e-12));
  }

  /** Five pixels have their centres within 1 of the middle one, nine within 1.5; edges that are hardly soft keep it so. */
  @ParameterizedTest
  @CsvSource({"1, 5, 5", "1.5, 9, 5"})
  void disksCountThePixelsInside(double radius, int pixels, int size) {
    Field kernel = new DefocusBlur.Disk(radius, 0.1).kernel();
    int middle = kernel.size() / 2;
    for (int y = 0; y < kernel.size(); y++) {
      for (int x = 0; x < kernel.size(); x++) {
        double expected = Math.hypot(y - middle, x - middle) <= radius ? 1.0 / pixels : 0;
        assertThat(kernel.at(y, x)).isCloseTo(expected, within(1e-6));
      }
    }
    assertThat(kernel.size()).isEqualTo(2 * (int) radius + 3);
  }

  /** A disk smaller than a pixel is nothing but its soft edge: exp(-1 / (2 0.4^2)) = 0.04394 per step, over 1 + 2 x 0.04394 each way. */
  @Test
  void theSmallestDiskIsASmallGaussian() {
    Field kernel = new DefocusBlur.Disk(0.3, 0.4).kernel();
    assertThat(kernel.at(1, 1)).isCloseTo(0.84498, within(1e-4));
    assertThat(kernel.at(1, 0)).isCloseTo(0.03713, within(1e-4));
    assertThat(kernel.at(0, 0)).isCloseTo(0.00163, within(1e-4));
  }

  /** Weights exp(-i^2 / 8) for i from 0; what lies to the right is collected, so a point is smeared to its left. */
  @Test
  void aStreakIsHalfAGaussian() {
    Field smeared = new Streak(2, 2, 0).apply(point(11, 5, 7));
    double sum = 1 + Math.exp(-1 / 8.0) + Math.exp(-4 / 8.0) + Math.exp(-9 / 8.0) + Math.exp(-2);
    for (int i = 0; i <= 4; i++) {
      assertThat(smeared.at(5, 7 - i)).isCloseTo(Math.exp(-i * i / 8.0) / sum, within(1e-6));
    }
    assertThat(smeared.at(5, 8)).isZero();
    assertThat(smeared.at(5, 2)).isZero();
    assertThat(smeared.at(4, 7)).isZero();
  }

  @Test
  void aStreakOf90DegreesGoesDown() {
    Field smeared = new Streak(1, 1, 90).apply(point(7, 5, 3));
    assertThat(List.of(smeared.at(5, 3) > smeared.at(4, 3), smeared.at(4, 3) > smeared.at(3, 3), smeared.at(3, 3) > 0)).containsOnly(true);
    assertThat(smeared.at(6, 3)).isZero();
    assertThat(smeared.at(4, 2)).isZero();
  }

  @Test
  void gaussianBlurOfAPointIsTheProductOfItsKernels() {
    GaussianFilter filter = GaussianFilter.truncated(0.8, 4, Border.NEAREST);
    assertThat(filter.reach()).isEqualTo(3);
    Field blurred = filter.apply(point(11, 5, 5));
    double sum = 0;
    for (int i = -3; i <= 3; i++) {
      sum += Math.exp(-i * i / 1.28);
    }
    assertThat(blurred.at(5, 5)).isCloseTo(1 / (sum * sum), within(1e-6));
    assertThat(blurred.at(4, 7)).isCloseTo(Math.exp(-5 / 1.28) / (sum * sum), within(1e-6));
    assertThat(blurred.at(5, 9)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"NEAREST, 0, 0, 0, 3, 3, 3", "MIRROR, 2, 1, 0, 3, 2, 1", "MIRROR_INSIDE, 3, 2, 1, 2, 1, 0"})
  void bordersRepeatTheImage(Border border, int beyond3, int beyond2, int beyond1, int after1, int after2, int after3) {
    assertThat(List.of(border.inside(-3, 4), border.inside(-2, 4), border.inside(-1, 4))).containsExactly(beyond3, beyond2, beyond1);
    assertThat(List.of(border.inside(4, 4), border.inside(5, 4), border.inside(6, 4))).containsExactly(after1, after2, after3);
    for (int i = 0; i < 4; i++) {
      assertThat(border.inside(i, 4)).isEqualTo(i);
      assertThat(border.inside(i - 2, 1)).isZero();
    }
  }

  /** Severity 1 of 32 pixels does not blur, so that every pixel is an old one from above or left; two rows and columns stay. */
  @Test
  void glassTakesPixelsFromAboveAndLeft() {
    Field places = Field.of(32, (y, x) -> (32 * y + x) / 1023f);
    Field moved = new GlassBlur().apply(Pictures.grey(places), 1, Pictures.draws(8)).channel(0);
    int elsewhere = 0;
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        int source = (int) Math.round(moved.at(y, x) * 1023);
        assertThat(source / 32).isBetween(y - 1, y);
        assertThat(source % 32).isBetween(x - 1, x);
        elsewhere += source == 32 * y + x ? 0 : 1;
        assertThat(y > 1 && x > 1 || source == 32 * y + x).isTrue();
      }
    }
    assertThat(elsewhere / 900.0).as("three of four places are not the pixel's own").isCloseTo(0.75, within(0.06));
  }

  @Test
  void zoomKeepsTheCornersOfTheMiddle() {
    Field ramp = Field.of(4, (y, x) -> x);
    Field zoomed = Zoom.into(ramp, 2);
    for (int x = 0; x < 4; x++) {
      assertThat(zoomed.at(2, x)).isCloseTo(1 + x / 3.0, within(1e-6));
    }
    Field same = Zoom.into(ramp, 1);
    assertThat(List.of(same.at(0, 0), same.at(1, 2), same.at(3, 3))).containsExactly(0.0, 2.0, 3.0);
  }

  /**
   * The lower right corner of 32 pixels at severity 1, with the image itself, and factors from 1 to 1.06. At 1 and 1.01 all 32 pixels are
   * kept as they are; at 1.02 and 1.03 they become 33, and the last of the upper 32 lies at 31 x 31 / 32, with 1 / 32 of the corner in each
   * direction; from 1.04 on 31 pixels are kept and the corner is not one of them.
   */
  @Test
  void zoomBlurIsTheMeanOfTheImageAndItsEnlargements() {
    Picture blurred = new ZoomBlur().apply(Pictures.grey(point(32, 31, 31)), 1, Pictures.draws(0));
    assertThat(blurred.channel(0).at(31, 31)).isCloseTo((3 + 2.0 / (32 * 32)) / 8, within(1e-6));
  }
}
