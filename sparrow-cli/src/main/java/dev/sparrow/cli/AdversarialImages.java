package dev.sparrow.cli;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackOutcome;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.data.Batch;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.model.Classifier;
import dev.sparrow.report.AdversarialExample;
import dev.sparrow.report.ImageGrid;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Images before and after an attack, and what a network took them for. */
final class AdversarialImages {

  private static final int GRID_IMAGES = 32;
  private static final int CHANNELS = 3;

  /** One image; pixels are [3, S, S] row-major. */
  private record Example(float[] clean, float[] adversarial, long label, long before, long after) {}

  private final int imageSize;
  private final List<Example> examples = new ArrayList<>();
  private double maxPerturbation;

  private AdversarialImages(int imageSize) {
    this.imageSize = imageSize;
  }

  /**
   * Attacks the first images.
   *
   * @param model the network
   * @param device where it lives
   * @param attack the attack
   * @param seed root of its randomness
   * @param images labelled
   * @param count how many, or all if there are fewer
   * @param display hears how far it is
   * @return the images
   */
  static AdversarialImages make(
      Classifier model, DeviceSpec device, Attack attack, Seed seed, TestImages images, int count, ProgressDisplay display) {
    AdversarialImages result = new AdversarialImages(images.facts().imageSize());
    int wanted = Math.min(count, images.size());
    for (int i = 0; result.size() < wanted; i++) {
      result.attack(model, device, attack, seed, images.batches().get(i).first(wanted - result.size()));
      display.progress(attack.name(), result.size(), wanted, "");
    }
    return result;
  }

  private void attack(Classifier model, DeviceSpec device, Attack attack, Seed seed, Batch batch) {
    try (TensorScope scope = TensorScope.open();
        Rng rng = Rng.perRow(Evaluator.randomness(seed, attack), LongStream.range(size(), size() + batch.size()).toArray())) {
      DeviceBatch tensors = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device);
      AttackOutcome outcome = new AttackRunner(model).evaluate(attack, tensors.images(), tensors.labels(), rng);
      float[] adversarial = Tensors.toFloats(outcome.adversarial());
      long[] before = Tensors.toLongs(outcome.cleanPredictions());
      long[] after = Tensors.toLongs(outcome.predictions());
      int length = batch.images().length / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        float[] clean = Arrays.copyOfRange(batch.images(), i * length, (i + 1) * length);
        float[] changed = Arrays.copyOfRange(adversarial, i * length, (i + 1) * length);
        examples.add(new Example(clean, changed, batch.labels()[i], before[i], after[i]));
      }
      maxPerturbation = Math.max(maxPerturbation, outcome.maxPerturbation());
    }
  }

  /** Number of images. */
  int size() {
    return examples.size();
  }

  /** Largest perturbation, in the attack's norm. */
  double maxPerturbation() {
    return maxPerturbation;
  }

  /** Fraction classified correctly before the attack. */
  double cleanAccuracy() {
    return (double) examples.stream().filter(example -> example.before() == example.label()).count() / size();
  }

  /** Fraction classified correctly before and after it. */
  double robustAccuracy() {
    long standing = examples.stream().filter(example -> example.before() == example.label() && example.after() == example.label()).count();
    return (double) standing / size();
  }

  /**
   * Stores {@code images} (adversarial), {@code clean}, {@code labels} and {@code predictions}, so that {@code evaluate --input} reads
   * them.
   *
   * @param file replaced if it exists
   * @throws IOException if writing fails
   */
  void writeTensors(Path file) throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("images", pixels(examples.stream().map(Example::adversarial).toList()));
    tensors.put("clean", pixels(examples.stream().map(Example::clean).toList()));
    tensors.put("labels", classes(examples.stream().mapToLong(Example::label).toArray()));
    tensors.put("predictions", classes(examples.stream().mapToLong(Example::after).toArray()));
    Safetensors.write(file, tensors, Map.of());
  }

  /**
   * Draws the images, at most 32 of them.
   *
   * @param file a PNG file, replaced if it exists
   * @param names names the classes
   * @throws IOException if writing fails
   */
  void writeGrid(Path file, TestImages names) throws IOException {
    List<AdversarialExample> drawn =
        examples.stream()
            .limit(GRID_IMAGES)
            .map(
                example ->
                    new AdversarialExample(
                        example.clean(),
                        example.adversarial(),
                        names.className(example.label()),
                        names.className(example.before()),
                        names.className(example.after())))
            .toList();
    new ImageGrid(imageSize).write(file, drawn);
  }

  private TensorData pixels(List<float[]> images) {
    ByteBuffer data = ByteBuffer.allocate(images.size() * CHANNELS * imageSize * imageSize * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    images.forEach(
        image -> {
          for (float pixel : image) {
            data.putFloat(pixel);
          }
        });
    return new TensorData(DType.F32, Shape.of(images.size(), CHANNELS, imageSize, imageSize), data.flip());
  }

  private static TensorData classes(long[] labels) {
    ByteBuffer data = ByteBuffer.allocate(labels.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(labels);
    return new TensorData(DType.I64, Shape.of(labels.length), data);
  }
}
