package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Verdict;
import dev.sparrow.attack.Verification;
import dev.sparrow.data.Batches;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** What the steps of one attack share: the network, the images, the outcomes, and the count of what happened. */
final class Course implements AutoCloseable {

  private final Classifier model;
  private final ObservedClassifier observed;
  private final DeviceSpec device;
  private final Batches images;
  private final Outcomes outcomes;
  private final Attack attack;
  private final int number;
  private final int batchSize;
  private final Seed seed;
  private final AttackReport before;
  private final long start = System.nanoTime();
  private int attacked;
  private int broken;
  private int unverified;
  private double maxPerturbation;

  /**
   * A course that begins or goes on.
   *
   * @param cascade network, device, batch size and seed
   * @param images all images
   * @param outcomes changed when an image falls
   * @param attack the attack
   * @param number of the attack, from 1
   * @param before what was counted before an interruption
   */
  Course(CascadeSetting cascade, Batches images, Outcomes outcomes, Attack attack, int number, AttackReport before) {
    this.model = cascade.model();
    this.device = cascade.device();
    this.observed = new ObservedClassifier(model, device.toDevice());
    this.images = images;
    this.outcomes = outcomes;
    this.attack = attack;
    this.number = number;
    this.batchSize = cascade.batchSize();
    this.seed = Evaluator.randomness(cascade.seed(), attack);
    this.before = before;
  }

  Attack attack() {
    return attack;
  }

  Seed seed() {
    return seed;
  }

  int batchSize() {
    return batchSize;
  }

  DeviceSpec device() {
    return device;
  }

  /** The network as the attack sees it. */
  ObservedClassifier observed() {
    return observed;
  }

  /** The images that the attack meets, from a position on. */
  ImageQueue queue(int position) {
    return new ImageQueue(images, outcomes, number, position);
  }

  /** Images on the device, owned by the caller's scope; they count as attacked. */
  DeviceBatch take(ImageQueue.Images taken) {
    attacked += taken.size();
    long[] labels = Arrays.stream(taken.ids()).map(id -> outcomes.label((int) id)).toArray();
    return DeviceBatch.of(taken.flat(), labels, model.imageSize(), device);
  }

  /**
   * Looks at what the attack gave; images that are really broken fall.
   *
   * @param ids positions of the images
   * @param clean [N, 3, S, S] the images
   * @param labels [N] int64
   * @param adversarial [N, 3, S, S] what the attack gave
   * @param claimed whether the attack says that all of them are broken
   */
  void judge(long[] ids, Tensor clean, Tensor labels, Tensor adversarial, boolean claimed) {
    try (TensorScope scope = TensorScope.open()) {
      Verdict verdict = Verification.of(model, attack, clean, labels, adversarial);
      boolean[] holds = Tensors.toBooleans(verdict.broken());
      maxPerturbation = Math.max(maxPerturbation, verdict.maxPerturbation());
      for (int i = 0; i < holds.length; i++) {
        if (holds[i]) {
          outcomes.fall((int) ids[i], number);
          broken++;
        } else if (claimed) {
          unverified++;
        }
      }
    }
  }

  /** What was counted so far. */
  AttackReport report() {
    return new AttackReport(
        attack.name(),
        before.attacked() + attacked,
        before.broken() + broken,
        before.unverified() + unverified,
        outcomes.accuracy(number),
        Math.max(before.maxPerturbation(), maxPerturbation),
        before.seconds() + (System.nanoTime() - start) / 1e9,
        before.forwards() + observed.forwards(),
        before.gradients() + observed.gradients());
  }

  @Override
  public void close() {
    observed.close();
  }
}
