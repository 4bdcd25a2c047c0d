package dev.sparrow.kernel;

import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few steps of training leave the same weights and running statistics as with libtorch's gradients. */
class NetworkTrainingTest {

  private static final int COUNT = 6;
  private static final int STEPS = 4;

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "VGG11", "RESNET18_POST"})
  void stepsAgreeWithLibtorch(Arch arch) {
    ToyNetwork mine = ToyNetwork.of(arch, 3, 32, 0.4, 17);
    ToyNetwork other = ToyNetwork.of(arch, 3, 32, 0.4, 17);
    Map<String, float[]> mineMomentum = new HashMap<>();
    Map<String, float[]> otherMomentum = new HashMap<>();
    try (SparseNetwork network = mine.open(WordFormat.FP32, 1, KernelChoice.AUTO)) {
      for (int step = 0; step < STEPS; step++) {
        float[] images = mine.images(COUNT, step);
        float[] logitGradient = mine.logitGradient(COUNT, 100 + step);
        try (SparsePass pass = network.forward(images, COUNT, Statistics.BATCH, Gradients.PARAMETERS)) {
          pass.backward(logitGradient, false);
          descend(mine, pass.parameterGradients(), mineMomentum);
        }
        LibtorchTwin.Outcome twin = LibtorchTwin.EXACT.run(other, images, COUNT, Statistics.BATCH, logitGradient);
        descend(other, twin.parameterGradients(), otherMomentum);
        mine.blueprint().parameters().keySet().forEach(name -> network.load(name, mine.values(name)));
        twin.running().forEach((name, values) -> {
          Distance.assertClose(name, network.runningStatistic(name), values, 1e-4);
          System.arraycopy(values, 0, other.values(name), 0, values.length);
        });
      }
    }
    mine.blueprint().parameters().keySet().forEach(name -> Distance.assertClose(name, mine.values(name), other.values(name), 1e-4));
  }

  /** SGD with momentum and weight decay, inactive weights left at zero. */
  private static void descend(ToyNetwork toy, Map<String, float[]> gradients, Map<String, float[]> momentum) {
    gradients.forEach((name, gradient) -> {
      float[] values = toy.values(name);
      float[] moving = momentum.computeIfAbsent(name, key -> new float[values.length]);
      boolean[] mask = toy.masks().get(name);
      for (int i = 0; i < values.length; i++) {
        if (mask == null || mask[i]) {
          moving[i] = 0.9f * moving[i] + gradient[i] + 5e-4f * values[i];
          values[i] -= 0.01f * moving[i];
        }
      }
    });
  }
}
