package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every network computes in the sparse engine what it computes in libtorch in float64. */
class SparseNetworkTest {

  private static final double FP32 = 1e-4;

  /** Of some hundred thousand rectifiers a few decide otherwise in float32 than in float64, and their gradients with them. */
  private static final double FLIPPED = 0.1;

  private static final Set<Arch> DEEP = Set.of(Arch.RESNET50, Arch.RESNET101, Arch.RESNET152);

  @ParameterizedTest
  @EnumSource
  void agreesWithLibtorchOnTheStatisticsOfTheBatch(Arch arch) {
    compare(ToyNetwork.of(arch, 2, 32, 0.5, 11), Statistics.BATCH, DEEP.contains(arch) ? FLIPPED : FP32);
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithLibtorchOnRunningStatistics(Arch arch) {
    compare(ToyNetwork.of(arch, 2, 32, 0.5, 11), Statistics.RUNNING, FP32);
  }

  private static void compare(ToyNetwork toy, Statistics statistics, double tolerance) {
    int count = 5;
    float[] images = toy.images(count, 3);
    float[] logitGradient = toy.logitGradient(count, 4);
    LibtorchTwin twin = LibtorchTwin.of(toy, images, count, statistics, logitGradient);
    try (SparseNetwork network = toy.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      try (SparsePass pass = network.forward(images, count, statistics, Gradients.BOTH)) {
        assertClose("logits", pass.logits(), twin.logits(), FP32);
        pass.backward(logitGradient, true);
        assertClose("input gradient", pass.inputGradient(), twin.inputGradient(), tolerance);
        Map<String, float[]> gradients = pass.parameterGradients();
        assertThat(gradients.keySet()).containsExactlyElementsOf(toy.blueprint().parameters().keySet());
        gradients.forEach((name, values) -> assertClose(name, values, twin.parameterGradients().get(name), tolerance));
      }
      twin.running().forEach((name, values) -> assertClose(name, network.runningStatistic(name), values, FP32));
    }
  }

  /** Relative to the largest value of the tensor; a bias ahead of a batch norm has no gradient but rounding errors. */
  private static void assertClose(String what, float[] got, float[] expected, double tolerance) {
    assertThat(got.length).as(what).isEqualTo(expected.length);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < got.length; i++) {
      assertThat((double) got[i]).as(what).isCloseTo(expected[i], within(tolerance * largest + 1e-12));
    }
  }
}
