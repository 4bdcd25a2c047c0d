package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackOutcome;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.model.Classifier;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.AdversarialExamples.Item;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apiguardian.api.API;

/** Makes adversarial images to look at: the same ones that an {@link Evaluator} with the same seed meets. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class AdversarialImages {

  private final Classifier model;
  private final DeviceSpec device;
  private final Attack attack;
  private final Seed seed;
  private final List<Item> items = new ArrayList<>();
  private double maxPerturbation;

  private AdversarialImages(Classifier model, DeviceSpec device, Attack attack, Seed seed) {
    this.model = model;
    this.device = device;
    this.attack = attack;
    this.seed = seed;
  }

  /**
   * Attacks the first images.
   *
   * @param model the network, borrowed
   * @param device where it lives
   * @param attack the attack
   * @param seed root of its randomness
   * @param batches labelled images
   * @param count how many of them; no more than there are, and at least 1
   * @param progress hears after every batch
   * @return the images
   */
  public static AdversarialImages make(
      Classifier model, DeviceSpec device, Attack attack, Seed seed, Batches batches, int count, EvaluationProgress progress) {
    AdversarialImages images = new AdversarialImages(model, device, attack, seed);
    for (int i = 0; images.items.size() < count; i++) {
      images.attack(batches.get(i).first(count - images.items.size()));
      progress.images(images.items.size(), count);
    }
    return images;
  }

  private void attack(Batch batch) {
    int done = items.size();
    try (TensorScope scope = TensorScope.open();
        Rng rng = Rng.perRow(Evaluator.randomness(seed, attack), LongStream.range(done, done + batch.size()).toArray())) {
      DeviceBatch tensors = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device);
      AttackOutcome outcome = new AttackRunner(model).evaluate(attack, tensors.images(), tensors.labels(), rng);
      float[] adversarial = Tensors.toFloats(outcome.adversarial());
      long[] before = Tensors.toLongs(outcome.cleanPredictions());
      long[] after = Tensors.toLongs(outcome.predictions());
      int length = batch.images().length / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        float[] clean = Arrays.copyOfRange(batch.images(), i * length, (i + 1) * length);
        float[] changed = Arrays.copyOfRange(adversarial, i * length, (i + 1) * length);
        items.add(new Item(clean, changed, batch.labels()[i], before[i], after[i]));
      }
      maxPerturbation = Math.max(maxPerturbation, outcome.maxPerturbation());
    }
  }

  /**
   * The images under the names of their classes.
   *
   * @param classNames by label; where there is none the label stands for it
   * @return the images
   */
  public AdversarialExamples named(List<String> classNames) {
    return new AdversarialExamples(attack.name(), model.imageSize(), classNames, items);
  }

  /**
   * How many images were attacked.
   *
   * @return number of images
   */
  public int size() {
    return items.size();
  }

  /**
   * How far the farthest image was moved.
   *
   * @return the largest perturbation, in the attack's norm
   */
  public double maxPerturbation() {
    return maxPerturbation;
  }

  /**
   * How good the network is without the attack.
   *
   * @return the fraction of images that were classified correctly before it
   */
  public double cleanAccuracy() {
    return (double) items.stream().filter(item -> item.before() == item.label()).count() / size();
  }

  /**
   * How robust it is.
   *
   * @return the fraction of images that were classified correctly before and after the attack
   */
  public double robustAccuracy() {
    return (double) items.stream().filter(item -> item.before() == item.label() && item.after() == item.label()).count() / size();
  }
}
