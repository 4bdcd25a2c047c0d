package dev.sparrow.prune.channel;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.attack.Pgd;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Median;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.SplittableRandom;

/** Times a masked network against its compact one: the same images, in one process, in turn. */
public final class CompactionBenchmark {

  private static final int WARM_UPS = 2;
  private static final int CHANNELS = 3;
  private static final ThreatModel THREAT_MODEL = new ThreatModel(Norm.LINF, new Epsilon(8 / 255.0));
  private static final Attack ATTACK_STEP = new Pgd(THREAT_MODEL, new Epsilon(2 / 255.0), 1, false, CrossEntropy.INSTANCE);

  private final DeviceSpec device;
  private final int batchSize;
  private final int repetitions;

  /** One way of using a network. */
  private interface Use {
    void on(Classifier model, DeviceBatch batch);
  }

  /**
   * Two speeds.
   *
   * @param maskedImagesPerSecond median of the masked network
   * @param compactImagesPerSecond median of the compact one
   */
  public record Speeds(double maskedImagesPerSecond, double compactImagesPerSecond) {

    /**
     * What compaction brings.
     *
     * @return compact over masked
     */
    public double speedUp() {
      return compactImagesPerSecond / maskedImagesPerSecond;
    }
  }

  /**
   * Speeds of two uses.
   *
   * @param inference classifying
   * @param attackStep one step of PGD: forward pass, input gradient, projection
   */
  public record Result(Speeds inference, Speeds attackStep) {}

  /**
   * A benchmark.
   *
   * @param device where the networks live
   * @param batchSize images per pass, at least 1
   * @param repetitions passes that count, at least 1
   * @throws BadInput if there are no images or repetitions
   */
  public CompactionBenchmark(DeviceSpec device, int batchSize, int repetitions) {
    if (batchSize < 1) {
      throw BadInput.usage("--batch", "a whole number of at least 1", batchSize);
    }
    if (repetitions < 1) {
      throw BadInput.usage("--repetitions", "a whole number of at least 1", repetitions);
    }
    this.device = device;
    this.batchSize = batchSize;
    this.repetitions = repetitions;
  }

  /**
   * Times both networks, after passes that do not count.
   *
   * @param masked the network as it was trained
   * @param compact the smaller one
   * @return medians
   */
  public Result run(Classifier masked, Classifier compact) {
    try (TensorScope scope = TensorScope.open()) {
      DeviceBatch batch = batch(masked);
      return new Result(time(masked, compact, batch, CompactionBenchmark::classify), time(masked, compact, batch, CompactionBenchmark::attack));
    }
  }

  private Speeds time(Classifier masked, Classifier compact, DeviceBatch batch, Use use) {
    double[] ofMasked = new double[repetitions];
    double[] ofCompact = new double[repetitions];
    for (int i = -WARM_UPS; i < repetitions; i++) {
      double one = seconds(masked, batch, use);
      double other = seconds(compact, batch, use);
      if (i >= 0) {
        ofMasked[i] = one;
        ofCompact[i] = other;
      }
    }
    return new Speeds(batchSize / Median.of(ofMasked), batchSize / Median.of(ofCompact));
  }

  private static double seconds(Classifier model, DeviceBatch batch, Use use) {
    try (TensorScope scope = TensorScope.open()) {
      long start = System.nanoTime();
      use.on(model, batch);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void classify(Classifier model, DeviceBatch batch) {
    try (ModeGuard guard = model.in(Mode.EVAL);
        Pass pass = model.forward(batch.images(), Recording.NONE)) {
      Tensors.toFloats(pass.logits()); // a GPU has finished when its numbers are here
    }
  }

  private static void attack(Classifier model, DeviceBatch batch) {
    try (Rng rng = new Rng(new Seed(0))) {
      new AttackRunner(model).perturb(ATTACK_STEP, Mode.EVAL, batch.images(), batch.labels(), rng);
    }
  }

  private DeviceBatch batch(Classifier model) {
    SplittableRandom random = new SplittableRandom(0);
    int size = model.imageSize();
    float[] images = new float[batchSize * CHANNELS * size * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextInt(256) / 255f;
    }
    return DeviceBatch.of(images, random.longs(batchSize, 0, model.numClasses()).toArray(), size, device);
  }
}
