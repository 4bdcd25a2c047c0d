package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every network in the sparse engine, whatever it computes. */
class SparseNetworkTest {

  private static final ToyNetwork TOY = ToyNetwork.of(Arch.RESNET18, 4, 32, 0.3, 1);

  /** Everything that a pass computes, by name. */
  private static Map<String, float[]> run(
      SparseNetwork network, int count, Statistics statistics, Gradients gradients, boolean everywhere) {
    Map<String, float[]> results = new HashMap<>();
    try (SparsePass pass = network.forward(TOY.images(count, 3), count, statistics, gradients)) {
      results.put("logits", pass.logits().clone());
      if (gradients != Gradients.NONE) {
        pass.backward(TOY.logitGradient(count, 4), everywhere);
      }
      if (gradients.ofInput()) {
        results.put("input", pass.inputGradient().clone());
      }
      if (gradients.ofParameters()) {
        pass.parameterGradients().forEach((name, gradient) -> results.put(name, gradient.clone()));
      }
    }
    return results;
  }

  private static void assertSame(Map<String, float[]> got, Map<String, float[]> expected) {
    got.forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
  }

  /** One thread takes groups one after another, two a group each, three parts of them. */
  @ParameterizedTest
  @EnumSource
  void resultsDoNotDependOnTheNumberOfThreads(Statistics statistics) {
    for (WordFormat format : WordFormat.values()) {
      int count = 2 * 16 * format.images() - 3;
      for (Gradients gradients : Gradients.values()) {
        try (SparseNetwork one = TOY.open(format, 1, KernelChoice.AUTO)) {
          Map<String, float[]> expected = run(one, count, statistics, gradients, false);
          for (int threads = 2; threads <= 3; threads++) {
            try (SparseNetwork several = TOY.open(format, threads, KernelChoice.AUTO)) {
              assertSame(run(several, count, statistics, gradients, false), expected);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultsDoNotDependOnWhatElseIsAskedFor(Statistics statistics) {
    try (SparseNetwork network = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      Statistics still = statistics == Statistics.BATCH ? Statistics.BATCH_ONLY : statistics;
      Map<String, float[]> expected = run(network, 5, still, Gradients.BOTH, false);
      for (Gradients gradients : Gradients.values()) {
        assertSame(run(network, 5, still, gradients, false), expected);
      }
    }
  }

  @Test
  void inactiveWeightsHaveGradientsOnlyWhereTheyAreAskedFor() {
    try (SparseNetwork network = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      Map<String, float[]> active = run(network, 5, Statistics.RUNNING, Gradients.PARAMETERS, false);
      Map<String, float[]> everywhere = run(network, 5, Statistics.RUNNING, Gradients.PARAMETERS, true);
      assertSame(run(network, 5, Statistics.RUNNING, Gradients.PARAMETERS, false), active);
      TOY.masks().forEach((name, mask) -> {
        float[] masked = everywhere.get(name).clone();
        for (int i = 0; i < mask.length; i++) {
          masked[i] = mask[i] ? masked[i] : 0;
        }
        assertThat(active.get(name)).as(name).isEqualTo(masked).isNotEqualTo(everywhere.get(name));
      });
    }
  }

  @Test
  void batchesOfAllSizesUseTheSameMemory() {
    try (SparseNetwork fresh = TOY.open(WordFormat.BF16, 2, KernelChoice.AUTO);
        SparseNetwork used = TOY.open(WordFormat.BF16, 2, KernelChoice.AUTO)) {
      Map<String, float[]> expected = run(fresh, 7, Statistics.BATCH_ONLY, Gradients.BOTH, false);
      for (int count : new int[] {70, 7, 33, 1}) {
        run(used, count, Statistics.RUNNING, Gradients.INPUT, false);
        run(used, count, Statistics.RUNNING, Gradients.NONE, false);
        run(used, count, Statistics.BATCH_ONLY, Gradients.PARAMETERS, true);
        assertSame(run(used, 7, Statistics.BATCH_ONLY, Gradients.BOTH, false), expected);
      }
    }
  }

  @Test
  void severalPassesMayBeOpen() {
    try (SparseNetwork network = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      Map<String, float[]> expected = run(network, 5, Statistics.BATCH_ONLY, Gradients.INPUT, false);
      try (SparsePass first = network.forward(TOY.images(5, 3), 5, Statistics.BATCH_ONLY, Gradients.INPUT);
          SparsePass second = network.forward(TOY.images(5, 99), 5, Statistics.BATCH_ONLY, Gradients.INPUT)) {
        second.backward(TOY.logitGradient(5, 98), false);
        first.backward(TOY.logitGradient(5, 4), false);
        assertThat(first.logits()).isEqualTo(expected.get("logits")).isNotEqualTo(second.logits());
        assertThat(first.inputGradient()).isEqualTo(expected.get("input")).isNotEqualTo(second.inputGradient());
      }
    }
  }

  @Test
  void followsNewWeightsAndNewMasks() {
    ToyNetwork other = ToyNetwork.of(Arch.RESNET18, 4, 32, 0.6, 2);
    try (SparseNetwork fresh = other.open(WordFormat.FP32, 1, KernelChoice.AUTO);
        SparseNetwork used = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      run(used, 5, Statistics.BATCH, Gradients.PARAMETERS, true);
      other.masks().forEach(used::activate);
      other.load(used);
      for (Statistics statistics : Statistics.values()) {
        assertSame(
            run(used, 5, statistics, Gradients.PARAMETERS, false), run(fresh, 5, statistics, Gradients.PARAMETERS, false));
      }
    }
  }

  @Test
  void aLayerMayHaveNoActiveWeight() {
    ToyNetwork toy = ToyNetwork.of(Arch.RESNET18, 4, 32, 1, 7);
    for (String layer : new String[] {"layer2.0.conv1.weight", "layer3.0.shortcut.0.weight", "layer4.1.conv2.weight"}) {
      Arrays.fill(toy.masks().get(layer), false);
      Arrays.fill(toy.values(layer), 0);
    }
    for (Statistics statistics : Statistics.values()) {
      LibtorchTwin.Outcome twin = LibtorchTwin.EXACT.run(toy, toy.images(5, 3), 5, statistics, toy.logitGradient(5, 4));
      try (SparseNetwork network = toy.open(WordFormat.FP32, 1, KernelChoice.AUTO);
          SparsePass pass = network.forward(toy.images(5, 3), 5, statistics, Gradients.BOTH)) {
        pass.backward(toy.logitGradient(5, 4), true);
        Distance.assertClose("logits", pass.logits(), twin.logits(), 1e-4);
        Distance.assertClose("input gradient", pass.inputGradient(), twin.inputGradient(), 1e-4);
        Distance.assertClose(pass.parameterGradients(), twin.parameterGradients(), 1e-4);
      }
    }
  }

  @Test
  void saysWhatRuns() {
    try (SparseNetwork one = TOY.open(WordFormat.FP32, 1, KernelChoice.PLAIN);
        SparseNetwork three = TOY.open(WordFormat.FP32, 3, KernelChoice.PLAIN)) {
      assertThat(one.description()).isEqualTo("plain kernels: asked for, 1 thread");
      assertThat(three.description()).isEqualTo("plain kernels: asked for, 3 threads");
    }
  }

  @Test
  void measuresItsSteps() {
    try (SparseNetwork network = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      assertThat(network.times().seconds().values()).containsOnly(0.0);
      run(network, 5, Statistics.BATCH, Gradients.INPUT, false);
      Map<String, Double> seconds = network.times().seconds();
      assertThat(seconds.get("forward convolution")).isPositive();
      assertThat(seconds.get("centre")).isPositive();
      assertThat(seconds.get("weight gradient")).isZero();
    }
  }

  @Test
  void passesAreUsedAsRecordedAndOnce() {
    try (SparseNetwork network = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      float[] gradient = TOY.logitGradient(2, 4);
      SparsePass none = network.forward(TOY.images(2, 3), 2, Statistics.RUNNING, Gradients.NONE);
      assertThatThrownBy(() -> none.backward(gradient, false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pass: expected a recorded one, not used yet, got NONE");
      none.close();
      SparsePass pass = network.forward(TOY.images(2, 3), 2, Statistics.RUNNING, Gradients.INPUT);
      assertThatThrownBy(pass::inputGradient)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("input gradient: expected a pass recorded for it, after its backward, got one recorded for INPUT");
      pass.backward(gradient, false);
      assertThat(pass.inputGradient()).hasSize(2 * 3 * 32 * 32);
      assertThatThrownBy(() -> pass.backward(gradient, false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pass: expected a recorded one, not used yet, got a used one");
      assertThatThrownBy(pass::parameterGradients)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("parameter gradients: expected a pass recorded for it, after its backward, got one recorded for INPUT");
      pass.close();
      pass.close();
      assertThatThrownBy(pass::inputGradient).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (SparseNetwork network = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      assertRefused(() -> network.load("conv9.weight", new float[1]), "tensor: expected one of the network's, got conv9.weight");
      assertRefused(
          () -> network.load("bn.num_batches_tracked", new float[1]), "tensor: expected one of the network's, got bn.num_batches_tracked");
      assertRefused(() -> network.load("bn.bias", new float[1]), "length of bn.bias: expected 32, got 1");
      assertRefused(() -> network.load("conv1.weight", new float[1]), "length of conv1.weight: expected 108, got 1");
      assertRefused(() -> network.activate("conv1.weight", new boolean[1]), "length of conv1.weight: expected 108, got 1");
      assertRefused(() -> network.activate("bn.weight", new boolean[32]), "weight: expected one of the network's, got bn.weight");
      assertRefused(() -> network.runningStatistic("bn.weight"), "running statistic: expected one of the network's, got bn.weight");
    }
    assertRefused(
        () -> new Standardization(new float[2], new float[3]), "standardization: expected as many deviations as means, got 3 for 2");
    assertThatThrownBy(() -> new EngineSettings(WordFormat.FP32, -1, KernelChoice.AUTO))
        .isInstanceOf(BadInput.class)
        .hasMessage("--threads: expected a whole number of at least 0, got -1");
  }

  @Test
  void refusesBatchesThatDoNotFit() {
    try (SparseNetwork network = TOY.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      float[] empty = {};
      assertRefused(
          () -> network.forward(new float[1], 1, Statistics.RUNNING, Gradients.NONE),
          "length of the input: expected 1 times 3072, got 1", "resnet18, ");
      assertRefused(
          () -> network.forward(empty, 0, Statistics.RUNNING, Gradients.NONE),
          "length of the input: expected 0 times 3072, got 0", "resnet18, ");
      try (SparsePass pass = network.forward(TOY.images(2, 3), 2, Statistics.RUNNING, Gradients.INPUT)) {
        assertRefused(() -> pass.backward(empty, false), "length of the logit gradient: expected 14, got 0", "resnet18, ");
      }
    }
    EngineSettings settings = new EngineSettings(WordFormat.FP32, 1, KernelChoice.PLAIN);
    assertRefused(
        () -> new SparseNetwork(TOY.blueprint(), Standardization.none(4), settings),
        "channels of the standardization: expected 3, got 4", "resnet18, ");
  }

  /** As libtorch does: a single value has no variance. The network can be used again afterwards. */
  @Test
  void refusesStatisticsOfASingleValue() {
    BlueprintBuilder net = new BlueprintBuilder("tiny", 32);
    Value point = net.maxPool(net.image(), 32);
    net.linear("fc", net.globalAvgPool(net.batchNormRelu("bn", net.conv("conv", point, 4, 1, 1))), 2);
    ToyNetwork toy = ToyNetwork.of(net.build(), 1, 3);
    try (SparseNetwork network = toy.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      assertRefused(
          () -> network.forward(toy.images(1, 1), 1, Statistics.BATCH, Gradients.NONE),
          "values per channel: expected at least 2 with statistics of the batch, got 1", "bn, ");
      try (SparsePass pass = network.forward(toy.images(2, 1), 2, Statistics.BATCH, Gradients.NONE)) {
        assertThat(pass.logits()).hasSize(4);
      }
    }
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertRefused(call, message, "");
  }

  private static void assertRefused(ThrowingCallable call, String message, String place) {
    assertThatThrownBy(call).isInstanceOf(BadInput.class).hasMessage(message + " (" + place + "sparse engine)");
  }
}
