package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks compute in the sparse engine what they compute in libtorch. */
class NetworkAgreementTest {

  private static final double FP32 = 1e-4;

  @ParameterizedTest
  @EnumSource
  void everyNetworkOnTheStatisticsOfTheBatch(Arch arch) {
    compare(ToyNetwork.of(arch, 2, 32, 0.5, 11), 5, Statistics.BATCH, FP32);
  }

  @ParameterizedTest
  @EnumSource
  void everyNetworkOnRunningStatistics(Arch arch) {
    compare(ToyNetwork.of(arch, 2, 32, 0.5, 11), 5, Statistics.RUNNING, FP32);
  }

  /** Groups that are full, nearly empty, and more than one; large images; from hardly a weight to all. */
  @ParameterizedTest
  @CsvSource({
    "RESNET18, 4, 32, 1, 0.3", "RESNET18, 4, 32, 16, 0.3", "RESNET18, 4, 32, 17, 0.1", "RESNET18, 4, 32, 33, 0.3",
    "RESNET18, 4, 64, 3, 0.3", "RESNET18, 32, 32, 2, 0.005", "RESNET18, 8, 32, 3, 0.02", "RESNET18, 4, 32, 5, 1",
    "VGG16, 4, 64, 17, 0.2", "VGG11, 4, 32, 33, 1", "WIDERESNET, 16, 64, 2, 0.2", "RESNET18_POST, 4, 64, 5, 0.2",
    "RESNET18_POST, 4, 32, 33, 1"
  })
  void allSizes(Arch arch, int width, int imageSize, int count, double density) {
    ToyNetwork toy = ToyNetwork.of(arch, width, imageSize, density, 5);
    for (Statistics statistics : Statistics.values()) {
      compare(toy, count, statistics, FP32);
    }
  }

  private static void compare(ToyNetwork toy, int count, Statistics statistics, double tolerance) {
    float[] images = toy.images(count, 3);
    float[] logitGradient = toy.logitGradient(count, 4);
    LibtorchTwin.Outcome twin = LibtorchTwin.EXACT.run(toy, images, count, statistics, logitGradient);
    try (SparseNetwork network = toy.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      try (SparsePass pass = network.forward(images, count, statistics, Gradients.BOTH)) {
        Distance.assertClose("logits", pass.logits(), twin.logits(), FP32);
        pass.backward(logitGradient, true);
        Distance.assertClose("input gradient", pass.inputGradient(), twin.inputGradient(), tolerance);
        Map<String, float[]> gradients = pass.parameterGradients();
        assertThat(gradients.keySet()).containsExactlyElementsOf(toy.blueprint().parameters().keySet());
        Distance.assertClose(gradients, twin.parameterGradients(), tolerance);
      }
      twin.running().forEach((name, values) -> Distance.assertClose(name, network.runningStatistic(name), values, FP32));
    }
  }
}
