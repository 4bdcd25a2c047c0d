package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomWeightsTest {

  private static final Blueprint NETWORK = Blueprints.create(new NetworkConfig(Arch.RESNET18, 8, 10, 1), 10, 32, Density.DENSE);

  private static long nonzero(float[] values) {
    long nonzero = 0;
    for (float value : values) {
      nonzero += value != 0 ? 1 : 0;
    }
    return nonzero;
  }

  @Test
  void hasAsManyWeightsAsTheDensitySays() {
    Weights weights = RandomWeights.draw(NETWORK, Map.of("layer1.0.conv1.weight", new Density(0.1)), new Seed(1));
    assertThat(nonzero(weights.get("layer1.0.conv1.weight"))).isEqualTo(58); // 576 - int(0.9 * 576)
    assertThat(nonzero(weights.get("layer1.0.conv2.weight"))).isEqualTo(576);
    for (float variance : weights.get("bn.running_var")) {
      assertThat(variance).isBetween(0.5f, 2f);
    }
    assertThat(weights.get("bn.weight")).doesNotContain(1f);
  }

  @Test
  void theSeedDecides() {
    Weights one = RandomWeights.draw(NETWORK, Map.of(), new Seed(1));
    assertThat(RandomWeights.draw(NETWORK, Map.of(), new Seed(1)).get("linear.weight")).isEqualTo(one.get("linear.weight"));
    assertThat(RandomWeights.draw(NETWORK, Map.of(), new Seed(2)).get("linear.weight")).isNotEqualTo(one.get("linear.weight"));
  }

  @Test
  void positionsAndValuesAreSpreadEvenly() {
    Weights weights = RandomWeights.draw(NETWORK, Map.of("layer4.0.conv2.weight", new Density(0.25)), new Seed(3));
    float[] values = weights.get("layer4.0.conv2.weight"); // 64 x 64 x 3 x 3
    int half = values.length / 2;
    double squares = 0;
    long first = 0;
    for (int i = 0; i < values.length; i++) {
      squares += values[i] * values[i];
      first += i < half && values[i] != 0 ? 1 : 0;
    }
    assertThat(first / (double) half).isBetween(0.23, 0.27);
    assertThat(squares).isBetween(62.0, 66.0); // 64 outputs, each with weights of variance 1 / (their number)
  }
}
