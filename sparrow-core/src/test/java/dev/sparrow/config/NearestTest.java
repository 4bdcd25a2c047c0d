package dev.sparrow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "flaw, lawn, 2", "'', abc, 3", "abc, '', 3", "epochs, epochs, 0", "lr, rl, 2"})
  void distanceIsLevenshteins(String from, String to, int distance) {
    assertThat(Nearest.distance(from, to)).isEqualTo(distance);
  }

  @Test
  void theLastNameCountsFirst() {
    assertThat(Nearest.key("sparsity.lr", List.of("sparsity.density", "optimizer.lr"))).isEqualTo("optimizer.lr");
    assertThat(Nearest.key("stp.batch", List.of("step.batch", "inference.batch"))).isEqualTo("step.batch");
  }

  @Test
  void otherKeysMustBeCloser() {
    List<String> likely = List.of("sparsity.density", "epochs");
    List<String> others = List.of("export.density", "evaluate.quick");
    assertThat(Nearest.key("densty", likely, others)).isEqualTo("sparsity.density");
    assertThat(Nearest.key("evalute.quick", likely, others)).isEqualTo("evaluate.quick");
  }
}
