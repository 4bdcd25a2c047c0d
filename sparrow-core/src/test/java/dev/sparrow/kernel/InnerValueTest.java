package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rear parts of networks, whose input is an inner value that batch norms, sums and convolutions read. */
class InnerValueTest {

  private static final int COUNT = 5;

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "RESNET50", "VGG11", "WIDERESNET", "RESNET18_POST"})
  void rearPartsAgreeWithLibtorch(Arch arch) {
    int width = arch == Arch.WIDERESNET ? 16 : 4; // a WideResNet's stem has a quarter of it
    Blueprint whole = Blueprints.create(new NetworkConfig(arch, width, 10, 1), ToyNetwork.CLASSES, 32, Density.DENSE);
    assertThat(BlueprintCut.of(whole)).isNotEmpty();
    for (BlueprintCut cut : BlueprintCut.of(whole)) {
      ToyNetwork toy = ToyNetwork.of(cut.rear(), 0.4, 41);
      for (Statistics statistics : new Statistics[] {Statistics.BATCH, Statistics.RUNNING}) {
        for (Gradients gradients : new Gradients[] {Gradients.INPUT, Gradients.PARAMETERS, Gradients.BOTH}) {
          compare(toy, statistics, gradients);
        }
      }
    }
  }

  private static void compare(ToyNetwork toy, Statistics statistics, Gradients gradients) {
    float[] input = toy.images(COUNT, 1);
    float[] logitGradient = toy.logitGradient(COUNT, 2);
    LibtorchTwin.Outcome twin = LibtorchTwin.EXACT.run(toy, input, COUNT, statistics, logitGradient);
    try (SparseNetwork network = toy.open(WordFormat.FP32, 1, KernelChoice.AUTO);
        SparsePass pass = network.forward(input, COUNT, statistics, gradients)) {
      pass.backward(logitGradient, true);
      Distance.assertClose("logits", pass.logits(), twin.logits(), 1e-4);
      if (gradients.ofInput()) {
        Distance.assertClose("gradient by the seam", pass.inputGradient(), twin.inputGradient(), 1e-4);
      }
      if (gradients.ofParameters()) {
        Distance.assertClose(pass.parameterGradients(), twin.parameterGradients(), 1e-4);
      }
    }
  }
}
