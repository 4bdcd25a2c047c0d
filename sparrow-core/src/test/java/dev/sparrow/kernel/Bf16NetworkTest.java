package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With activations in bf16 the sparse engine is about as far from float64 as libtorch is with activations and weights in bf16: twice as far
 * would be a fault, since it rounds less.
 */
class Bf16NetworkTest {

  private static final int COUNT = 6;

  /** Noise of the comparison: both errors are sums of many roundings. */
  private static final double SLACK = 1.7;

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "RESNET50", "VGG11", "VGG19", "WIDERESNET", "SMALLDENSE", "RESNET18_POST"})
  void errsNoMoreThanLibtorch(Arch arch) {
    ToyNetwork toy = ToyNetwork.of(arch, 16, 32, 0.3, 31);
    for (Statistics statistics : new Statistics[] {Statistics.BATCH, Statistics.RUNNING}) {
      float[] images = toy.images(COUNT, 1);
      float[] logitGradient = toy.logitGradient(COUNT, 2);
      LibtorchTwin.Outcome exact = LibtorchTwin.EXACT.run(toy, images, COUNT, statistics, logitGradient);
      LibtorchTwin.Outcome rounded = LibtorchTwin.BF16.run(toy, images, COUNT, statistics, logitGradient);
      try (SparseNetwork network = toy.open(WordFormat.BF16, 1, KernelChoice.AUTO);
          SparsePass pass = network.forward(images, COUNT, statistics, Gradients.BOTH)) {
        pass.backward(logitGradient, true);
        compare("logits", pass.logits(), rounded.logits(), exact.logits());
        compare("input gradient", pass.inputGradient(), rounded.inputGradient(), exact.inputGradient());
        float[] expected = weights(toy, exact.parameterGradients());
        compare("weight gradients", weights(toy, pass.parameterGradients()), weights(toy, rounded.parameterGradients()), expected);
      }
    }
  }

  private static void compare(String what, float[] got, float[] libtorch, float[] exact) {
    double error = Distance.relative(got, exact);
    double usual = Distance.relative(libtorch, exact);
    assertThat(error).as(what).isLessThan(SLACK * usual);
    assertThat(error).as(what + ", rounded at all").isGreaterThan(usual / 100);
  }

  /** The gradients of all weights, one after another. */
  private static float[] weights(ToyNetwork toy, Map<String, float[]> gradients) {
    int length = toy.masks().keySet().stream().mapToInt(name -> gradients.get(name).length).sum();
    float[] all = new float[length];
    int at = 0;
    for (String name : toy.masks().keySet()) {
      float[] gradient = gradients.get(name);
      System.arraycopy(gradient, 0, all, at, gradient.length);
      at += gradient.length;
    }
    return all;
  }
}
