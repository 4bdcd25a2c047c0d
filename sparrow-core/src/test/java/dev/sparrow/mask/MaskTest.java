package dev.sparrow.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void appliesInPlace() {
    try (Mask mask = mask(true, false, false, true, true, false)) {
      Tensor values = Tensors.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      mask.applyTo(values);
      assertThat(Tensors.toFloats(values)).containsExactly(1, 0, 0, 4, 5, 0);
      assertThat(mask.size()).isEqualTo(6);
      assertThat(mask.active()).isEqualTo(3);
      assertThat(mask.density()).isEqualTo(0.5);
      assertThat(mask.toBooleans()).containsExactly(true, false, false, true, true, false);
    }
  }

  @Test
  void distanceCountsDifferences() {
    try (Mask one = mask(true, false, false, true, true, false);
        Mask other = mask(true, true, false, false, true, false);
        Mask union = one.union(other)) {
      assertThat(one.differences(other)).isEqualTo(2);
      assertThat(one.distance(other)).isEqualTo(2 / 6.0);
      assertThat(one.distance(one)).isZero();
      assertThat(union.toBooleans()).containsExactly(true, true, false, true, true, false);
    }
  }

  @ParameterizedTest(name = "{0} weights at density {1} keep {2}")
  @CsvSource({"10, 0.25, 3", "10, 1, 10", "10, 0.999, 10", "10, 0.05, 1", "10, 1e-9, 1", "1, 1e-9, 1", "1728, 0.2, 346"})
  void roundsZerosDownAndKeepsAtLeastOne(int size, double density, long active) {
    try (Rng rng = new Rng(new Seed(3));
        Mask mask = Mask.random(parameter(size), new Density(density), rng)) {
      assertThat(mask.active()).isEqualTo(active);
    }
  }

  @Test
  void randomMasksAreUniformAndFollowTheSeed() {
    int draws = 2000;
    int[] hits = new int[5];
    for (int draw = 0; draw < draws; draw++) {
      try (Mask mask = random(5, 0.4, draw)) {
        for (int i = 0; i < hits.length; i++) {
          hits[i] += mask.toBooleans()[i] ? 1 : 0;
        }
      }
    }
    for (int hit : hits) {
      assertThat(hit).isBetween(700, 900); // 800 expected, standard deviation 22
    }
    try (Mask one = random(100, 0.5, 7);
        Mask same = random(100, 0.5, 7);
        Mask other = random(100, 0.5, 8)) {
      assertThat(one.differences(same)).isZero();
      assertThat(one.differences(other)).isPositive();
    }
  }

  @Test
  void outlivesTheScopeItWasMadeIn() {
    Mask mask;
    try (TensorScope inner = TensorScope.open()) {
      mask = mask(true, false, true, false, true, false);
    }
    assertThat(mask.toBooleans()).containsExactly(true, false, true, false, true, false);
    mask.close();
    assertThat(mask.tensor().isNull()).isTrue();
  }

  @Test
  void copiesOnlyBooleans() {
    assertThatThrownBy(() -> Mask.copyOf(Tensors.ofFloats(new float[] {1}, 1)))
        .hasMessage("mask: expected a boolean tensor, got Float");
  }

  private Mask mask(boolean... active) {
    return Mask.of(active, parameter(2, 3));
  }

  private static Tensor parameter(long... shape) {
    return Tensors.ofFloats(new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)], shape);
  }

  private Mask random(int size, double density, long seed) {
    try (Rng rng = new Rng(new Seed(seed))) {
      return Mask.random(parameter(size), new Density(density), rng);
    }
  }
}
