package dev.sparrow.analysis;

import dev.sparrow.report.AdversarialExample;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.AdversarialExamples.Item;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Explains what a network saw in images before and after an attack.
 *
 * @param attribution how the network is explained
 * @param device where it lives
 * @param batchSize images at a time, at least 1
 */
public record Explanation(Attribution attribution, DeviceSpec device, int batchSize) {

  /**
   * Explains images. Costs the attribution twice per image.
   *
   * @param examples the images, and what the network took them for
   * @return one explanation per image, in their order
   */
  public List<ExplainedImage> of(AdversarialExamples examples) {
    List<Item> items = examples.images();
    List<AdversarialExample> named = examples.named(items.size());
    List<ExplainedImage> explained = new ArrayList<>();
    for (int from = 0; from < items.size(); from += batchSize) {
      List<Item> batch = items.subList(from, Math.min(items.size(), from + batchSize));
      List<ImportanceMap> clean = maps(batch, examples.imageSize(), Item::clean, Item::before);
      List<ImportanceMap> adversarial = maps(batch, examples.imageSize(), Item::adversarial, Item::after);
      for (int i = 0; i < batch.size(); i++) {
        explained.add(new ExplainedImage(named.get(from + i), clean.get(i), adversarial.get(i)));
      }
    }
    return explained;
  }

  private List<ImportanceMap> maps(List<Item> batch, int imageSize, Function<Item, float[]> pixels, ToLongFunction<Item> predicted) {
    int length = pixels.apply(batch.get(0)).length;
    float[] images = new float[batch.size() * length];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(pixels.apply(batch.get(i)), 0, images, i * length, length);
    }
    try (TensorScope scope = TensorScope.open()) {
      DeviceBatch tensors = DeviceBatch.of(images, batch.stream().mapToLong(predicted).toArray(), imageSize, device);
      return attribution.maps(tensors.images(), tensors.labels());
    }
  }
}
