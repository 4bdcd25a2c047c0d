package dev.sparrow.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The starts of the networks against the reference's code. Expected deviations by hand: uniform in +-1/sqrt(f) has 1/sqrt(3 f); normal by
 * fan-out has sqrt(2 / (k * k * out)). Widths: ResNets 16, 32, 64, 128; VGG 16 to 128; WideResNet-10-2 at width 64.
 */
class FreshParametersTest {

  @ParameterizedTest
  @CsvSource({
    // 3x3 from 64 to 128 channels: f = 576
    "resnet18, layer4.0.conv1.weight, 0.0240563, uniform",
    "resnet18, linear.weight, 0.0510310, uniform", // f = 128
    "vgg11, features.11.weight, 0.0240563, uniform", // 64 to 128 channels
    "vgg11, features.11.bias, 0.0240563, uniform", // with its weight's f
    // 3x3 from 64 to 128 channels: sqrt(2 / 1152); 1x1: sqrt(2 / 128)
    "wideresnet, block3.layer.0.conv1.weight, 0.0416667, normal",
    "wideresnet, block3.layer.0.convShortcut.weight, 0.125, normal",
    "wideresnet, fc.weight, 0.0510310, uniform",
    "resnet18-post, layer4.0.conv1.weight, 0.0416667, normal",
    "resnet18-post, layer4.0.downsample.0.weight, 0.125, normal",
    "resnet18-post, fc.weight, 0.01, normal",
  })
  void drawnParametersHaveTheReferencesMoments(String arch, String parameter, double deviation, String shape) {
    float[] values = values(arch, parameter, 3);
    double mean = moment(values, 1);
    double measured = Math.sqrt(moment(values, 2) - mean * mean);
    double standardError = deviation / Math.sqrt(values.length);
    assertThat(mean).isCloseTo(0, within(4 * standardError));
    assertThat(measured).isCloseTo(deviation, within(4 * standardError)); // of a deviation: at most 0.71 of the mean's
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (shape.equals("uniform")) {
      assertThat(largest / deviation).isBetween(1.6, Math.sqrt(3) + 1e-3);
    } else {
      assertThat(largest / deviation).isGreaterThan(2.5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, bn.weight, 1",
    "resnet18, bn.bias, 0",
    "wideresnet, bn1.weight, 1",
    "wideresnet, fc.bias, 0",
    "resnet18-post, bn1.weight, 0.5",
    "resnet18-post, layer1.0.bn2.weight, 0.5",
    "resnet18-post, bn1.bias, 0",
    "resnet18-post, fc.bias, 0",
  })
  void constantParameters(String arch, String parameter, float expected) {
    assertThat(values(arch, parameter, 3)).containsOnly(expected);
  }

  @Test
  void parametersFollowFromSeedAndName() {
    float[] values = values("wideresnet", "block1.layer.0.conv2.weight", 3);
    assertThat(values("wideresnet", "block1.layer.0.conv2.weight", 3)).containsExactly(values);
    assertThat(values("wideresnet", "block1.layer.0.conv2.weight", 4)).isNotEqualTo(values);
    assertThat(values("wideresnet", "block2.layer.0.conv2.weight", 3)).doesNotContain(values[0]);
  }

  private static float[] values(String arch, String parameter, long seed) {
    boolean wide = Arch.parse(arch) == Arch.WIDERESNET;
    Blueprint blueprint = Blueprints.create(new NetworkConfig(Arch.parse(arch), wide ? 64 : 16, 10, 2), 50, 32, Density.DENSE);
    try (Network network = new Network(blueprint, new Seed(seed), DeviceSpec.CPU)) {
      return Tensors.toFloats(network.parameters().get(parameter));
    }
  }

  private static double moment(float[] values, int power) {
    double sum = 0;
    for (float value : values) {
      sum += Math.pow(value, power);
    }
    return sum / values.length;
  }
}
