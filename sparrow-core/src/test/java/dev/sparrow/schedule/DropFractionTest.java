package dev.sparrow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropFractionTest {

  @Test
  void cosineFollowsTheReference() {
    for (JsonNode course : Golden.reference().get("drop_fraction_cosine")) {
      assertThat(course.get("eta_min").asDouble()).isEqualTo(DropFraction.FINAL);
      DropFraction fraction =
          DropFraction.of(DropFractionKind.COSINE, course.get("initial").asDouble(), course.get("t_max").asLong());
      for (JsonNode value : course.get("values")) {
        assertThat(fraction.at(value.get(0).asLong())).isCloseTo(value.get(1).asDouble(), within(1e-12));
      }
    }
  }

  @ParameterizedTest(name = "{0} after {1} of 10 steps: {2}")
  @CsvSource({
    "COSINE, 10, 0.005", "COSINE, 11, 0.005",
    "LINEAR, 0, 0.505", "LINEAR, 5, 0.255", "LINEAR, 10, 0.005", "LINEAR, 99, 0.005",
    "CONSTANT, 0, 0.505", "CONSTANT, 99, 0.505"
  })
  void endsAndMiddles(DropFractionKind kind, long steps, double expected) {
    assertThat(DropFraction.of(kind, 0.505, 10).at(steps)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"COSINE", "LINEAR", "CONSTANT"})
  void aSmallInitialFractionNeverRises(DropFractionKind kind) {
    DropFraction fraction = DropFraction.of(kind, 0.001, 10);
    for (long step = 0; step <= 10; step++) {
      assertThat(fraction.at(step)).isCloseTo(0.001, within(1e-15));
    }
  }
}
