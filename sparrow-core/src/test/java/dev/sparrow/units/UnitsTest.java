package dev.sparrow.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void densityOutsideItsRangeIsRefused(double value) {
    assertUsage(() -> new Density(value), "density: expected a number in (0, 1], got " + value);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 10, 2", "0.25, 10, 3", "0.001, 10, 1", "1, 7, 7", "0.5, 1, 1"})
  void activeWeightsAreAllButTheZerosRoundedDown(double density, long size, long active) {
    assertThat(new Density(density).activeOf(size)).isEqualTo(active);
  }

  @ParameterizedTest
  @CsvSource({"8/255, 0.03137254901960784, 8/255", "0.031, 0.031, 0.031", "' 1 / 4 ', 0.25, 63.75/255", "0, 0, 0/255", "1.5, 1.5, 382.5/255"})
  void epsilonIsReadAndPrinted(String text, double value, String printed) {
    assertThat(Epsilon.parse(text).value()).isEqualTo(value);
    assertThat(Epsilon.parse(text)).hasToString(printed);
    assertThat(Epsilon.parse(printed)).isEqualTo(Epsilon.parse(text));
  }

  @Test
  void epsilonThatIsNoLengthIsRefused() {
    for (String text : new String[] {"", "eight", "8/", "8/255/2"}) {
      assertUsage(() -> Epsilon.parse(text), "epsilon: expected a fraction such as 8/255 or a decimal such as 0.031, got '" + text + "'");
    }
    Stream.of("-8/255", "NaN", "1/0", "0/0", "1e999")
        .forEach(
            text ->
                assertThatThrownBy(() -> Epsilon.parse(text))
                    .as(text)
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith("epsilon: expected a number of at least 0 in pixel units, such as 8/255 or 0.031, got "));
  }

  @Test
  void unknownNameListsTheKnownOnes() {
    assertUsage(() -> Norm.parse("l1"), "norm: expected one of linf, l2, got 'l1'");
    assertThat(Norm.parse(" L2 ")).isEqualTo(Norm.L2);
  }

  @Test
  void derivedSeedsDifferByConsumerAndEveryStep() {
    Seed root = new Seed(1);
    assertThat(
            Stream.of(
                root.derive("a"), root.derive("b"), root.derive("ab"), root.derive("a", 0), root.derive("a", 1), root.derive("a", 0, 1),
                root.derive("a", 1, 0), new Seed(2).derive("a")))
        .doesNotHaveDuplicates();
    assertThat(root.derive("a", 5)).isEqualTo(new Seed(1).derive("a", 5));
  }

  @Test
  void shapeCountsItsElements() {
    assertThat(Shape.of(64, 3, 3, 3).size()).isEqualTo(1728);
    assertThat(Shape.of().size()).isEqualTo(1);
    assertThat(Shape.of(64, 3)).hasToString("64x3");
    assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30).size()).isInstanceOf(ArithmeticException.class);
  }

  private static void assertUsage(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(BadInput.class, fault -> assertThat(fault.isUsage()).isTrue())
        .hasMessage(message);
  }
}
