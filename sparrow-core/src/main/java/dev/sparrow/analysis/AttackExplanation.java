package dev.sparrow.analysis;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackOutcome;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Attacks images and explains what the network sees before and after.
 *
 * @param model the network, borrowed
 * @param device where it lives
 * @param attack the attack
 * @param attribution how the network is explained
 * @param seed root of the attack's randomness; the images are those of an evaluation with this seed
 */
public record AttackExplanation(Classifier model, DeviceSpec device, Attack attack, Attribution attribution, Seed seed) {

  /**
   * Explains the first images. Costs the attack, two forward passes and the attribution twice.
   *
   * @param batches labelled images
   * @param count how many of them
   * @param progress hears how many are done
   * @return one explanation per image
   */
  public List<ExplainedImage> first(Batches batches, int count, EvaluationProgress progress) {
    List<ExplainedImage> explained = new ArrayList<>();
    for (int i = 0; explained.size() < count; i++) {
      progress.images(explained.size(), count);
      explained.addAll(explain(batches.get(i).first(count - explained.size()), explained.size()));
    }
    return explained;
  }

  private List<ExplainedImage> explain(Batch batch, int firstImage) {
    try (TensorScope scope = TensorScope.open();
        Rng rng = Rng.perRow(Evaluator.randomness(seed, attack), LongStream.range(firstImage, firstImage + batch.size()).toArray())) {
      DeviceBatch tensors = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device);
      AttackOutcome outcome = new AttackRunner(model).evaluate(attack, tensors.images(), tensors.labels(), rng);
      List<ImportanceMap> cleanMaps = attribution.maps(tensors.images(), outcome.cleanPredictions());
      List<ImportanceMap> adversarialMaps = attribution.maps(outcome.adversarial(), outcome.predictions());
      float[] adversarial = Tensors.toFloats(outcome.adversarial());
      long[] before = Tensors.toLongs(outcome.cleanPredictions());
      long[] after = Tensors.toLongs(outcome.predictions());
      return IntStream.range(0, batch.size())
          .mapToObj(
              i ->
                  new ExplainedImage(
                      pixels(batch.images(), i, batch.size()),
                      pixels(adversarial, i, batch.size()),
                      batch.labels()[i],
                      before[i],
                      after[i],
                      cleanMaps.get(i),
                      adversarialMaps.get(i)))
          .toList();
    }
  }

  private static float[] pixels(float[] images, int index, int count) {
    int length = images.length / count;
    return Arrays.copyOfRange(images, index * length, (index + 1) * length);
  }
}
