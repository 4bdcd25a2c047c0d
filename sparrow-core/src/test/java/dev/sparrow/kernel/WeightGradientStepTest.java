package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weight gradients of a batch of several groups, which tasks share. */
class WeightGradientStepTest {

  /** Three groups of the plain kernels' 16 lanes, the last of them not full. */
  private static final int IMAGES = 40;

  private static final int LANES = 16;
  private static final ToyNetwork TOY = ToyNetwork.of(Arch.RESNET18, 2, 32, 0.5, 21);

  @Test
  void theGradientOfABatchIsTheSumOfThoseOfItsGroups() {
    float[] images = TOY.images(IMAGES, 3);
    float[] logitGradient = TOY.logitGradient(IMAGES, 4);
    Map<String, float[]> whole = gradients(1, images, logitGradient, 0, IMAGES);
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (int from = 0; from < IMAGES; from += LANES) {
      gradients(1, images, logitGradient, from, Math.min(IMAGES, from + LANES)).forEach((name, values) -> {
        double[] sum = sums.computeIfAbsent(name, n -> new double[values.length]);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += values[i];
        }
      });
    }
    TOY.masks().keySet().forEach(name -> {
      double largest = Arrays.stream(sums.get(name)).map(Math::abs).max().orElseThrow();
      assertThat(largest).as(name).isPositive();
      for (int i = 0; i < sums.get(name).length; i++) {
        assertThat((double) whole.get(name)[i]).as(name).isCloseTo(sums.get(name)[i], within(1e-5 * largest));
      }
    });
  }

  @Test
  void threadsChangeNothing() {
    float[] images = TOY.images(IMAGES, 3);
    float[] logitGradient = TOY.logitGradient(IMAGES, 4);
    Map<String, float[]> one = gradients(1, images, logitGradient, 0, IMAGES);
    gradients(3, images, logitGradient, 0, IMAGES).forEach((name, values) -> assertThat(values).as(name).isEqualTo(one.get(name)));
  }

  private static Map<String, float[]> gradients(int threads, float[] images, float[] logitGradient, int from, int to) {
    int size = images.length / IMAGES;
    int classes = logitGradient.length / IMAGES;
    Map<String, float[]> copies = new LinkedHashMap<>();
    try (SparseNetwork network = TOY.open(WordFormat.FP32, threads, KernelChoice.PLAIN);
        SparsePass pass =
            network.forward(
                Arrays.copyOfRange(images, from * size, to * size), to - from, Statistics.RUNNING, Gradients.PARAMETERS)) {
      pass.backward(Arrays.copyOfRange(logitGradient, from * classes, to * classes), false);
      pass.parameterGradients().forEach((name, values) -> copies.put(name, values.clone()));
    }
    return copies;
  }
}
