package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sparse engine's gradients are how a network changes that is written down in float64, without a derivative. */
class GradientCheckTest {

  private static final int COUNT = 2;

  /** Half the step of a central difference: no rectifier between the two points decides otherwise, nearly always. */
  private static final double STEP = 1e-7;

  @ParameterizedTest
  @CsvSource({"RESNET18, BATCH", "RESNET18, RUNNING", "VGG11, BATCH", "VGG11, RUNNING", "RESNET18_POST, BATCH", "RESNET18_POST, RUNNING"})
  void gradientsAreDifferences(Arch arch, Statistics statistics) {
    ToyNetwork toy = ToyNetwork.of(arch, 2, 32, 0.5, 21);
    float[] images = toy.images(COUNT, 1);
    float[] logitGradient = toy.logitGradient(COUNT, 2);
    try (SparseNetwork network = toy.open(WordFormat.FP32, 1, KernelChoice.PLAIN);
        SparsePass pass = network.forward(images, COUNT, statistics, Gradients.BOTH)) {
      pass.backward(logitGradient, true);
      DoubleNetwork exact = new DoubleNetwork(toy);
      double[] input = DoubleNetwork.doubles(images);
      Map<String, float[]> gradients = pass.parameterGradients();
      gradients.forEach((name, gradient) -> check(name, exact, exact.tensor(name), gradient, input, statistics, logitGradient));
      check("input", exact, input, pass.inputGradient(), input, statistics, logitGradient);
    }
  }

  /** One element of every tensor. */
  private static void check(
      String what, DoubleNetwork exact, double[] values, float[] gradient, double[] input, Statistics statistics, float[] weights) {
    double largest = 0;
    for (float g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    int at = new Random(what.hashCode()).nextInt(values.length);
    double before = values[at];
    values[at] = before + STEP;
    double up = exact.weightedLogits(input, COUNT, statistics, weights);
    values[at] = before - STEP;
    double down = exact.weightedLogits(input, COUNT, statistics, weights);
    values[at] = before;
    assertThat((double) gradient[at]).as(what).isCloseTo((up - down) / (2 * STEP), within(1e-4 * largest + 1e-6));
  }
}
