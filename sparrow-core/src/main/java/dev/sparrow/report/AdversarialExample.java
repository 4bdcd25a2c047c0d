package dev.sparrow.report;

import java.util.List;
import org.apiguardian.api.API;

/**
 * An image before and after an attack.
 *
 * @param clean [3, size, size] row-major, in [0, 1]
 * @param adversarial same shape
 * @param label name of the true class
 * @param before name of the class predicted for the clean image
 * @param after name of the class predicted for the adversarial image
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record AdversarialExample(float[] clean, float[] adversarial, String label, String before, String after) {

  /**
   * By how much perturbations are magnified so that the largest change of any pixel becomes half the range.
   *
   * @param examples the images that are looked at together
   * @return the factor; 1 if nothing changed
   */
  static double magnification(List<AdversarialExample> examples) {
    double largest = 0;
    for (AdversarialExample example : examples) {
      for (int i = 0; i < example.clean.length; i++) {
        largest = Math.max(largest, Math.abs(example.adversarial[i] - example.clean[i]));
      }
    }
    return largest == 0 ? 1 : 0.5 / largest;
  }

  /** The perturbation as an image: grey is unchanged. */
  float[] perturbation(double magnification) {
    float[] pixels = new float[clean.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (0.5 + magnification * (adversarial[i] - clean[i]));
    }
    return pixels;
  }
}
