package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagnitudeSelectTest {

  @Test
  void ignoresSignsAndTheRestOfTheArray() {
    float[] values = {-3, 1, -0.0f, 2, 100};
    assertThat(select(values, 4, 1)).isEqualTo(0);
    assertThat(select(values, 4, 2)).isEqualTo(1);
    assertThat(select(values, 4, 3)).isEqualTo(2);
    assertThat(select(values, 4, 4)).isEqualTo(3);
  }

  @Test
  void extremesSortAsNumbersDo() {
    float[] values = {Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -Float.MIN_VALUE, 0};
    assertThat(select(values, 5, 1)).isEqualTo(0);
    assertThat(select(values, 5, 2)).isEqualTo(Float.MIN_VALUE);
    assertThat(select(values, 5, 3)).isEqualTo(Float.MAX_VALUE);
    assertThat(select(values, 5, 4)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(select(values, 5, 5)).isNaN();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void equalsSorting(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int size : new int[] {1, 2, 31, 1000}) {
      float[] values = new float[size];
      float[] sorted = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-20, 20)));
        sorted[i] = Math.abs(values[i]);
      }
      Arrays.sort(sorted);
      for (int k = 1; k <= size; k++) {
        assertThat(select(values, size, k)).isEqualTo(sorted[k - 1]);
        List<float[]> parts = List.of(Arrays.copyOf(values, size / 3), new float[0], Arrays.copyOfRange(values, size / 3, size));
        assertThat(Float.intBitsToFloat(MagnitudeSelect.kthSmallest(parts, k))).isEqualTo(sorted[k - 1]);
      }
    }
  }

  /** From 32,768 values on the digits are longer. */
  @Test
  void longArraysEqualSorting() {
    SplittableRandom random = new SplittableRandom(4);
    for (int size : new int[] {32_767, 32_768, 100_000}) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (random.nextInt(1000) * Math.pow(10, random.nextInt(-20, 20)));
      }
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int k : new int[] {1, 2, size / 1000, size / 2, size - 1, size}) {
        assertThat(select(values, size, k)).isEqualTo(sorted[k - 1]);
      }
    }
  }

  private static float select(float[] values, int length, int k) {
    return Float.intBitsToFloat(MagnitudeSelect.kthSmallest(values, length, k));
  }
}
