package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.data.Normalization;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What a network does to its input first: {@code (x - mean) / deviation}, per channel.
 *
 * @param mean one number per channel
 * @param deviation one number above 0 per channel
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Standardization(float[] mean, float[] deviation) {

  /** Copies the numbers. */
  public Standardization {
    if (mean.length != deviation.length) {
      throw BadInput.data("standardization", "as many deviations as means", deviation.length + " for " + mean.length, "sparse engine");
    }
    mean = mean.clone();
    deviation = deviation.clone();
  }

  /** A copy. */
  @Override
  public float[] mean() {
    return mean.clone();
  }

  /** A copy. */
  @Override
  public float[] deviation() {
    return deviation.clone();
  }

  /**
   * That of images.
   *
   * @param normalization of red, green and blue
   * @return the same numbers
   */
  public static Standardization of(Normalization normalization) {
    return new Standardization(floats(normalization.mean()), floats(normalization.std()));
  }

  /**
   * The one that changes nothing: for inner values.
   *
   * @param channels number of channels
   * @return means 0, deviations 1
   */
  public static Standardization none(int channels) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return new Standardization(new float[channels], ones);
  }

  int channels() {
    return mean.length;
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }
}
