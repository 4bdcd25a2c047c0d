package dev.sparrow.sparse;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * One layer in the middle of a topology update, after the drop and before the growth. Values are row-major; a supplier is called only by
 * rules that need its values, since each copies them from the device.
 *
 * @param active the mask; rules change it
 * @param outputs length of the weight's first dimension: output channels or neurons
 * @param gradient gradient of the step just taken, dense for rules that {@linkplain GrowthRule#readsGradients() read} it
 * @param momentum the optimizer's momentum, not yet masked: at a weight that was inactive it is the gradient of the step just taken
 * @param random a fresh stream, a pure function of the seed, the layer and the iteration
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record GrowthSite(
    boolean[] active, int outputs, Supplier<float[]> gradient, Supplier<float[]> momentum, Supplier<SplittableRandom> random) {

  /**
   * Number of inactive weights.
   *
   * @return counted anew at every call
   */
  public int inactive() {
    return inactive(0, active.length);
  }

  /**
   * Number of inactive weights in a range.
   *
   * @param from first position
   * @param to one past the last position
   * @return counted anew at every call
   */
  public int inactive(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += active[i] ? 0 : 1;
    }
    return count;
  }

  /**
   * Activates the inactive weights with the largest scores in a range. Ties at the smallest score go to the lower positions.
   *
   * @param scores one per weight of the layer; their magnitudes count
   * @param from first position
   * @param to one past the last position
   * @param count how many, at most the number of inactive weights in the range
   */
  public void activateLargest(float[] scores, int from, int to, int count) {
    if (count == 0) {
      return;
    }
    float[] candidates = new float[inactive(from, to)];
    int size = 0;
    for (int i = from; i < to; i++) {
      if (!active[i]) {
        candidates[size++] = scores[i];
      }
    }
    int threshold = MagnitudeSelect.kthSmallest(candidates, size, size - count + 1);
    int ties = count - countAbove(candidates, threshold);
    for (int i = from; i < to; i++) {
      if (!active[i]) {
        int key = MagnitudeSelect.key(scores[i]);
        active[i] = key > threshold || key == threshold && ties-- > 0;
      }
    }
  }

  private static int countAbove(float[] values, int threshold) {
    int count = 0;
    for (float value : values) {
      count += MagnitudeSelect.key(value) > threshold ? 1 : 0;
    }
    return count;
  }
}
