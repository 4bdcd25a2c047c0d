package dev.sparrow.eval;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackOutcome;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.BatchLoader;
import dev.sparrow.data.Batches;
import dev.sparrow.data.ImageSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Measures accuracies in evaluation mode, batch by batch, without parameter gradients.
 *
 * <p>Every attack and image derives its own random numbers from the seed, so the result depends on neither the other attacks nor the batch
 * size nor the time of the evaluation.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Evaluator {

  private final Classifier model;
  private final DeviceSpec device;
  private final int batchSize;
  private final Seed seed;

  /**
   * An evaluator of a classifier on the CPU, with the batch size and the seed of {@link RunConfig#DEFAULT}.
   *
   * @param model borrowed
   */
  public Evaluator(Classifier model) {
    this(model, DeviceSpec.CPU, RunConfig.DEFAULT.batchSize(), RunConfig.DEFAULT.seed());
  }

  /**
   * An evaluator of one classifier.
   *
   * @param model borrowed
   * @param device where the classifier lives
   * @param batchSize images per batch, at least 1
   * @param seed root of the attacks' randomness
   */
  public Evaluator(Classifier model, DeviceSpec device, int batchSize, Seed seed) {
    this.model = model;
    this.device = device;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /**
   * Evaluates a set of images without anyone following.
   *
   * @param images the images
   * @param attacks attacks to run, each on all images; may be empty
   * @return accuracies and per-image outcomes
   */
  public Evaluation evaluate(ImageSet images, List<Attack> attacks) {
    return evaluate(images, attacks, EvaluationProgress.SILENT);
  }

  /**
   * Evaluates a set of images.
   *
   * @param images the images
   * @param attacks attacks to run, each on all images; may be empty
   * @param progress hears after every batch
   * @return accuracies and per-image outcomes
   */
  public Evaluation evaluate(ImageSet images, List<Attack> attacks, EvaluationProgress progress) {
    return evaluate(Batches.evaluation(images, batchSize), images.size(), attacks, progress);
  }

  /**
   * Evaluates labelled images from anywhere.
   *
   * @param batches the images
   * @param size how many there are
   * @param attacks attacks to run, each on all images; may be empty
   * @param progress hears after every batch
   * @return accuracies and per-image outcomes
   */
  public Evaluation evaluate(Batches batches, int size, List<Attack> attacks, EvaluationProgress progress) {
    long start = System.nanoTime();
    Tally tally = new Tally(attacks);
    progress.images(0, size);
    try (BatchLoader loader = new BatchLoader(batches, 0, 1)) {
      while (loader.hasNext()) {
        evaluate(loader.next(), attacks, tally);
        progress.images(tally.images, size);
      }
    }
    return tally.result((System.nanoTime() - start) / 1e9);
  }

  private void evaluate(Batch batch, List<Attack> attacks, Tally tally) {
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL)) {
      DeviceBatch tensors = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device);
      tally.clean(correct(model, tensors, attacks.isEmpty()));
      AttackRunner runner = new AttackRunner(model);
      for (int i = 0; i < attacks.size(); i++) {
        try (TensorScope attackScope = TensorScope.open();
            Rng rng = Rng.perRow(randomness(seed, attacks.get(i)), ids(tally.images, batch.size()))) {
          tally.attack(i, runner.evaluate(attacks.get(i), tensors.images(), tensors.labels(), rng), batch.size());
        }
      }
      tally.images += batch.size();
    }
  }

  /**
   * The root of an attack's randomness in an evaluation. Each image derives its own from it by its position.
   *
   * @param seed of the evaluation
   * @param attack the attack
   * @return the same wherever images are evaluated
   */
  public static Seed randomness(Seed seed, Attack attack) {
    return seed.derive("evaluation." + attack.name());
  }

  private static long[] ids(int first, int count) {
    return LongStream.range(first, (long) first + count).toArray();
  }

  /** Each attack checks the logits itself, so without one it is done here: a network that answers NaN must not pass for a bad one. */
  static long[] correct(Classifier model, DeviceBatch batch, boolean check) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(batch.images(), Recording.NONE)) {
      if (check && !Arithmetic.range(pass.logits()).isFinite()) {
        throw BadInput.data("logits", "finite numbers", "NaN or infinity", "evaluation of clean images");
      }
      Tensor correct = Arithmetic.argmax(pass.logits()).eq(batch.labels());
      return Tensors.toLongs(correct);
    }
  }

  /** Running sums of one evaluation. */
  private static final class Tally {

    private final List<Attack> attacks;
    private final BitSet correct = new BitSet();
    private final List<BitSet> standing = new ArrayList<>();
    private final double[] lossSums;
    private final double[] maxPerturbations;
    private int images;

    Tally(List<Attack> attacks) {
      this.attacks = attacks;
      this.lossSums = new double[attacks.size()];
      this.maxPerturbations = new double[attacks.size()];
      attacks.forEach(attack -> standing.add(new BitSet()));
    }

    void clean(long[] flags) {
      mark(correct, flags);
    }

    void attack(int i, AttackOutcome outcome, int batchSize) {
      mark(standing.get(i), Tensors.toLongs(outcome.robust()));
      lossSums[i] += outcome.meanLoss() * batchSize;
      maxPerturbations[i] = Math.max(maxPerturbations[i], outcome.maxPerturbation());
    }

    private void mark(BitSet target, long[] flags) {
      for (int i = 0; i < flags.length; i++) {
        target.set(images + i, flags[i] != 0);
      }
    }

    Evaluation result(double seconds) {
      double count = Math.max(1, images);
      List<AttackAccuracy> accuracies = new ArrayList<>();
      for (int i = 0; i < attacks.size(); i++) {
        double robust = standing.get(i).cardinality() / count;
        accuracies.add(new AttackAccuracy(attacks.get(i).name(), robust, lossSums[i] / count, maxPerturbations[i]));
      }
      return new Evaluation(images, correct.cardinality() / count, accuracies, correct, standing, seconds);
    }
  }
}
