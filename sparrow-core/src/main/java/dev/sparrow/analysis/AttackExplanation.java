package dev.sparrow.analysis;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackOutcome;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.data.Batch;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
   * Explains a batch. Costs the attack, two forward passes and the attribution twice.
   *
   * @param batch labelled images
   * @return one explanation per image
   */
  public List<ExplainedImage> of(Batch batch) {
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(seed.derive("evaluation." + attack.name(), batch.index()))) {
      DeviceBatch tensors = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device);
      AttackOutcome outcome = new AttackRunner(model).evaluate(attack, tensors.images(), tensors.labels(), rng);
      List<ImportanceMap> cleanMaps = attribution.maps(tensors.images(), outcome.cleanPredictions());
      List<ImportanceMap> adversarialMaps = attribution.maps(outcome.adversarial(), outcome.predictions());
      float[] adversarial = Tensors.toFloats(outcome.adversarial());
      long[] before = Tensors.toLongs(outcome.cleanPredictions());
      long[] after = Tensors.toLongs(outcome.predictions());
      int length = adversarial.length / batch.size();
      return IntStream.range(0, batch.size())
          .mapToObj(
              i ->
                  new ExplainedImage(
                      Arrays.copyOfRange(batch.images(), i * length, (i + 1) * length),
                      Arrays.copyOfRange(adversarial, i * length, (i + 1) * length),
                      batch.labels()[i],
                      before[i],
                      after[i],
                      cleanMaps.get(i),
                      adversarialMaps.get(i)))
          .toList();
    }
  }
}
