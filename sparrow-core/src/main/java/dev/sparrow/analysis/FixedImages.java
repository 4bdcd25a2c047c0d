package dev.sparrow.analysis;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.eval.Evaluator;
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
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * The images that a loss is looked at with: the same ones at every point.
 *
 * @param batches at least one image
 * @param device where they are computed with
 */
public record FixedImages(List<Batch> batches, DeviceSpec device) {

  /** Copies the list. */
  public FixedImages {
    batches = List.copyOf(batches);
  }

  /**
   * The first images of a set.
   *
   * @param from labelled images
   * @param count how many, at least 1; fewer if there are not so many
   * @param device where they are computed with
   * @return the images
   */
  public static FixedImages first(Batches from, int count, DeviceSpec device) {
    List<Batch> batches = new ArrayList<>();
    int taken = 0;
    for (int i = 0; i < from.count() && taken < count; i++) {
      Batch batch = from.get(i).first(count - taken);
      batches.add(batch);
      taken += batch.size();
    }
    return new FixedImages(batches, device);
  }

  /**
   * Number of images.
   *
   * @return at least 1
   */
  public int size() {
    return batches.stream().mapToInt(Batch::size).sum();
  }

  /**
   * The images after an attack. Each image's random numbers are those of an evaluation with the same seed.
   *
   * @param model the network, borrowed
   * @param attack the attack
   * @param seed root of its randomness
   * @return the adversarial images
   */
  public FixedImages attacked(Classifier model, Attack attack, Seed seed) {
    List<Batch> adversarial = new ArrayList<>();
    int first = 0;
    for (Batch batch : batches) {
      long[] ids = LongStream.range(first, (long) first + batch.size()).toArray();
      try (TensorScope scope = TensorScope.open();
          Rng rng = Rng.perRow(Evaluator.randomness(seed, attack), ids)) {
        DeviceBatch tensors = onDevice(batch);
        float[] pixels = Tensors.toFloats(new AttackRunner(model).perturb(attack, Mode.EVAL, tensors.images(), tensors.labels(), rng));
        adversarial.add(new Batch(batch.index(), batch.imageSize(), pixels, batch.labels()));
      }
      first += batch.size();
    }
    return new FixedImages(adversarial, device);
  }

  /**
   * The mean cross-entropy in evaluation mode. Costs a forward pass.
   *
   * @param model the network, borrowed
   * @return in nats
   */
  public double loss(Classifier model) {
    try (ModeGuard guard = model.in(Mode.EVAL)) {
      return mean(
          batch -> {
            try (Pass pass = model.forward(batch.images(), Recording.NONE)) {
              return Tensors.item(CrossEntropy.INSTANCE.perImage(pass.logits(), batch.labels()).mean());
            }
          });
    }
  }

  /** The mean over all images of what is a mean over those of a batch. */
  private double mean(ToDoubleFunction<DeviceBatch> ofBatch) {
    double sum = 0;
    for (Batch batch : batches) {
      try (TensorScope scope = TensorScope.open()) {
        sum += batch.size() * ofBatch.applyAsDouble(onDevice(batch));
      }
    }
    return sum / size();
  }

  /** A batch as tensors of the caller's scope. */
  DeviceBatch onDevice(Batch batch) {
    return DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device);
  }
}
