package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Normalization;
import dev.sparrow.tensor.Tensors;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native memory stays flat: the number of native objects is the same after every training step. */
class LeakTest {

  private static final int STEPS = 200;
  private static final int WARM_UP = 20;

  @Test
  void objectCountIsConstantOverSteps() {
    RunConfig config = SmallRuns.config("method=flying-bird", "network.width=1", "batchSize=2", "sparsity.updateFrequency=10");
    Tensors.setThreads(1);
    try (Trainee trainee = Trainee.build(config, 10, 32, Normalization.CIFAR10, STEPS)) {
      trainee.sparsity().initialize(trainee.model(), config.seed());
      TrainingStep step = new TrainingStep(config, trainee);
      Batch batch = batch();
      long before = 0;
      for (int i = 0; i < STEPS; i++) {
        step.run(batch, 0, i, 0.001);
        if (i == WARM_UP) {
          before = liveObjects();
        }
      }
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  @Test
  void wholeRunReleasesEverything(@TempDir Path folder) {
    RunConfig config = SmallRuns.config("method=flying-bird-plus", "network.width=1", "data.limitTrain=64", "epochs=1");
    SmallRuns.run(config, folder.resolve("first"), false);
    long before = liveObjects();
    SmallRuns.run(config, folder.resolve("second"), false);
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void closingReleasesEverything() {
    RunConfig config = SmallRuns.config("method=flying-bird", "network.width=1");
    trainOnce(config);
    long before = liveObjects();
    trainOnce(config);
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  /** Without what other tests of this JVM left to the garbage collector, which might take it away while this one counts. */
  private static long liveObjects() {
    System.gc();
    Pointer.deallocateReferences();
    return Pointer.totalCount();
  }

  private static void trainOnce(RunConfig config) {
    try (Trainee trainee = Trainee.build(config, 10, 32, Normalization.CIFAR10, 10)) {
      trainee.sparsity().initialize(trainee.model(), config.seed());
      new TrainingStep(config, trainee).run(batch(), 0, 1, 0.001); // iteration 2: a topology update
    }
  }

  private static Batch batch() {
    SplittableRandom random = new SplittableRandom(1);
    float[] images = new float[2 * 3 * 32 * 32];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextInt(256) / 255f;
    }
    return new Batch(0, 32, images, new long[] {3, 8});
  }
}
