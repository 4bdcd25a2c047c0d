package dev.sparrow.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

  private static final Seed SEED = new Seed(11);

  private static float[] apply(Transform transform, byte[] image, int size) {
    float[] result = new float[image.length + 2];
    transform.apply(image, size, result, 1);
    assertThat(result[0]).isZero();
    assertThat(result[image.length + 1]).isZero();
    return Arrays.copyOfRange(result, 1, image.length + 1);
  }

  @ParameterizedTest
  @CsvSource({"0,0,false,0", "4,-4,true,0", "-3,2,false,0", "1,3,true,12.5", "-4,4,false,-15", "0,0,false,90", "2,-1,true,-7"})
  void equalsPaddingCroppingFlippingAndRotatingOneAfterTheOther(int down, int right, boolean flip, double degrees) {
    int size = 9;
    byte[] image = TestImages.noise(5, size);
    float[] got = apply(new Transform(down, right, flip, degrees), image, size);
    for (int channel = 0; channel < 3; channel++) {
      int[][] plane = new int[size][size];
      for (int i = 0; i < size * size; i++) {
        plane[i / size][i % size] = image[channel * size * size + i] & 0xff;
      }
      int[][] expected = rotated(flipped(cropped(padded(plane, 4), 4 + down, 4 + right, size), flip), degrees);
      for (int i = 0; i < size * size; i++) {
        assertThat(got[channel * size * size + i]).isEqualTo(expected[i / size][i % size] / 255f);
      }
    }
  }

  private static int[][] padded(int[][] plane, int padding) {
    int[][] result = new int[plane.length + 2 * padding][plane.length + 2 * padding];
    for (int y = 0; y < plane.length; y++) {
      System.arraycopy(plane[y], 0, result[y + padding], padding, plane.length);
    }
    return result;
  }

  private static int[][] cropped(int[][] plane, int top, int left, int size) {
    int[][] result = new int[size][size];
    for (int y = 0; y < size; y++) {
      System.arraycopy(plane[top + y], left, result[y], 0, size);
    }
    return result;
  }

  private static int[][] flipped(int[][] plane, boolean flip) {
    int[][] result = new int[plane.length][plane.length];
    for (int y = 0; y < plane.length; y++) {
      for (int x = 0; x < plane.length; x++) {
        result[y][x] = plane[y][flip ? plane.length - 1 - x : x];
      }
    }
    return result;
  }

  /** Each target pixel's centre, turned back by the angle, takes the pixel it falls into; in complex numbers. */
  private static int[][] rotated(int[][] plane, double degrees) {
    int size = plane.length;
    int[][] result = new int[size][size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double radius = Math.hypot(x + 0.5 - size / 2.0, y + 0.5 - size / 2.0);
        double angle = Math.atan2(y + 0.5 - size / 2.0, x + 0.5 - size / 2.0) + Math.toRadians(degrees);
        int sourceX = (int) Math.floor(radius * Math.cos(angle) + size / 2.0);
        int sourceY = (int) Math.floor(radius * Math.sin(angle) + size / 2.0);
        result[y][x] = sourceX < 0 || sourceY < 0 || sourceX >= size || sourceY >= size ? 0 : plane[sourceY][sourceX];
      }
    }
    return result;
  }

  @Test
  void aQuarterTurnIsCounterClockwise() {
    byte[] image = {1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0};
    float[] turned = apply(new Transform(0, 0, false, 90), image, 2);
    // 1 2      2 4
    // 3 4  ->  1 3
    assertThat(turned).startsWith(2 / 255f, 4 / 255f, 1 / 255f, 3 / 255f);
  }

  @Test
  void drawsEveryOffsetAndBothDirectionsAboutEquallyOften() {
    Map<Integer, Integer> down = new HashMap<>();
    Map<Integer, Integer> right = new HashMap<>();
    int flips = 0;
    int draws = 9_000;
    for (int index = 0; index < draws; index++) {
      Transform transform = Augmentation.CROP_AND_FLIP.draw(SEED, 2, index);
      down.merge(transform.down(), 1, Integer::sum);
      right.merge(transform.right(), 1, Integer::sum);
      flips += transform.flip() ? 1 : 0;
      assertThat(transform.degrees()).isZero();
    }
    // five standard deviations of a binomial: 5 sqrt(9000 / 9 * 8 / 9) = 149, 5 sqrt(9000 / 4) = 237
    assertThat(down.keySet()).containsExactlyInAnyOrder(-4, -3, -2, -1, 0, 1, 2, 3, 4);
    assertThat(right.keySet()).containsExactlyInAnyOrder(-4, -3, -2, -1, 0, 1, 2, 3, 4);
    assertThat(down.values()).allSatisfy(count -> assertThat(count).isBetween(851, 1149));
    assertThat(right.values()).allSatisfy(count -> assertThat(count).isBetween(851, 1149));
    assertThat(flips).isBetween(4263, 4737);
  }

  @Test
  void rotatesUniformlyUpToFifteenDegrees() {
    int[] quarters = new int[4];
    for (int index = 0; index < 4_000; index++) {
      double degrees = Augmentation.CROP_FLIP_AND_ROTATE.draw(SEED, 0, index).degrees();
      assertThat(degrees).isBetween(-15.0, 15.0);
      quarters[(int) ((degrees + 15) / 7.5)]++;
    }
    // five standard deviations: 5 sqrt(4000 * 3 / 16) = 137
    for (int quarter : quarters) {
      assertThat(quarter).isBetween(863, 1137);
    }
  }

  @Test
  void isAFunctionOfSeedEpochAndIndex() {
    Augmentation augmentation = Augmentation.CROP_FLIP_AND_ROTATE;
    Transform transform = augmentation.draw(SEED, 3, 5);
    assertThat(augmentation.draw(new Seed(11), 3, 5)).isEqualTo(transform);
    assertThat(augmentation.draw(new Seed(12), 3, 5)).isNotEqualTo(transform);
    assertThat(augmentation.draw(SEED, 4, 5)).isNotEqualTo(transform);
    assertThat(augmentation.draw(SEED, 3, 6)).isNotEqualTo(transform);
    assertThat(Augmentation.NONE.draw(SEED, 3, 5)).isEqualTo(new Transform(0, 0, false, 0));
  }
}
