package dev.sparrow.train;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Objective;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.ActivationLayout;
import dev.sparrow.sparse.SparsityStart;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Times whole training steps on a batch of random images, by the very code that trains. */
public final class StepBenchmark {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final int WARM_UPS = 1;
  /** Only where the schedules of a run stand follows from it, and a step costs the same anywhere. */
  private static final long ITERATIONS_PER_EPOCH = 1_000_000;

  private StepBenchmark() {}

  /**
   * Times steps, after one that is not counted. A topology update counts with its step, should the update frequency be reached.
   *
   * @param config network, batch size, objective, attack, method, device, precision and threads; the data are not opened
   * @param imageSize side of the images
   * @param numClasses number of logits
   * @param layout how activations lie in memory
   * @param repetitions steps that count, at least 1
   * @return medians
   * @throws BadInput if there are no repetitions
   */
  public static StepTiming run(RunConfig config, int imageSize, int numClasses, ActivationLayout layout, int repetitions) {
    if (repetitions < 1) {
      throw BadInput.usage("--repetitions", "a whole number of at least 1", repetitions);
    }
    Threads.use(config.runtime().threads());
    ModelInfo model = Trainee.describe(config, numClasses, imageSize, Normalization.CIFAR10);
    try (Trainee trainee = Trainee.build(config, model, ITERATIONS_PER_EPOCH, layout)) {
      trainee.sparsity().initialize(SparsityStart.of(trainee.model(), trainee.device(), config.seed()));
      TrainingStep step = new TrainingStep(config, trainee);
      double[] attack = new double[repetitions];
      double[] descend = new double[repetitions];
      try (TensorScope scope = TensorScope.open()) {
        DeviceBatch batch = batch(config, imageSize, numClasses, trainee);
        for (int i = -WARM_UPS; i < repetitions; i++) {
          try (TensorScope stepScope = TensorScope.open()) {
            long start = System.nanoTime();
            Tensor images = step.adversarial(batch, 0, i + WARM_UPS);
            long middle = System.nanoTime();
            step.descend(images, batch.labels(), 0, i + WARM_UPS, config.optimizer().lr());
            long end = System.nanoTime();
            if (i >= 0) {
              attack[i] = (middle - start) / 1e9;
              descend[i] = (end - middle) / 1e9;
            }
          }
        }
      }
      return timing(config, trainee, layout, attack, descend);
    }
  }

  private static StepTiming timing(RunConfig config, Trainee trainee, ActivationLayout layout, double[] attack, double[] descend) {
    double[] whole = new double[attack.length];
    Arrays.setAll(whole, i -> attack[i] + descend[i]);
    int attackSteps =
        switch (config.objective()) {
          case STANDARD -> 0;
          case FGSM, N_FGSM -> 1;
          case PGD -> config.trainAttack().steps();
        };
    return new StepTiming(
        config.batchSize() / median(whole),
        config.objective() == Objective.STANDARD ? 0 : median(attack) / attackSteps,
        median(descend),
        peakRssBytes(),
        trainee.precision().name().toLowerCase(Locale.ROOT),
        layout.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        Threads.count(),
        "dense");
  }

  private static DeviceBatch batch(RunConfig config, int imageSize, int numClasses, Trainee trainee) {
    SplittableRandom random = new SplittableRandom(config.seed().value());
    float[] images = new float[config.batchSize() * 3 * imageSize * imageSize];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextInt(256) / 255f;
    }
    long[] labels = random.longs(config.batchSize(), 0, numClasses).toArray();
    return DeviceBatch.of(images, labels, imageSize, trainee.device());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static OptionalLong peakRssBytes() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }
}
