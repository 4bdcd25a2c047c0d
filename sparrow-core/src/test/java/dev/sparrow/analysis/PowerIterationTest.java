package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Operators whose eigenvalues are known. */
class PowerIterationTest {

  private static final NamedTensors NO_MASKS = new NamedTensors(Map.of());

  private static UnaryOperator<NamedTensors> diagonal(float... entries) {
    return vector -> vector.map((name, part) -> part.mul(Tensors.ofFloats(entries, entries.length)));
  }

  private static NamedTensors like(int size) {
    return new NamedTensors(Map.of("x", Tensors.ofFloats(new float[size], size)));
  }

  @Test
  void findsTheLargestMagnitudesWithTheirSigns() {
    try (TensorScope scope = TensorScope.open()) {
      List<Eigenvalue> found = new PowerIteration(1e-9, 500, new Seed(1)).largest(diagonal(1, -5, 3, 0.5f), like(4), NO_MASKS, 3);
      assertThat(found).extracting(Eigenvalue::converged).containsOnly(true);
      assertThat(found.get(0).value()).isCloseTo(-5, within(1e-5));
      assertThat(found.get(1).value()).isCloseTo(3, within(1e-5));
      assertThat(found.get(2).value()).isCloseTo(1, within(1e-5));
      assertThat(found.get(0).residual()).isLessThan(1e-3);
      assertThat(found.get(0).estimates()).hasSize(found.get(0).iterations()).endsWith(found.get(0).value());
    }
  }

  @Test
  void staysWithinTheMasks() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor mask = Tensors.ofBooleans(new boolean[] {true, false, true, true}, 4);
      List<Eigenvalue> found =
          new PowerIteration(1e-9, 500, new Seed(1)).largest(diagonal(1, -5, 3, 0.5f), like(4), new NamedTensors(Map.of("x", mask)), 1);
      assertThat(found.get(0).value()).isCloseTo(3, within(1e-5));
    }
  }

  @Test
  void saysThatItWasStoppedBeforeItSettled() {
    try (TensorScope scope = TensorScope.open()) {
      Eigenvalue found = new PowerIteration(1e-12, 3, new Seed(1)).largest(diagonal(1, 0.99f), like(2), NO_MASKS, 1).get(0);
      assertThat(found.converged()).isFalse();
      assertThat(found.iterations()).isEqualTo(3);
    }
  }

  @Test
  void findsNothingBeyondTheDimensions() {
    try (TensorScope scope = TensorScope.open()) {
      List<Eigenvalue> found = new PowerIteration(1e-9, 50, new Seed(1)).largest(diagonal(2), like(1), NO_MASKS, 2);
      assertThat(found.get(0).value()).isCloseTo(2, within(1e-6));
      assertThat(found.get(1).value()).isZero();
    }
  }
}
