package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import org.apiguardian.api.API;

/**
 * Cross-entropy of the softmax of logits, {@code -log softmax(z)_y}, with its gradient {@code softmax(z) - onehot(y)}, on arrays.
 *
 * <p>Computed in float64 from differences to the largest logit, so that large logits do not overflow. NaN among the logits of an image makes
 * its loss and gradient NaN.
 *
 * @param classes logits per image, at least 1
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record SoftmaxCrossEntropy(int classes) {

  /** Checks the number of classes. */
  public SoftmaxCrossEntropy {
    if (classes < 1) {
      throw BadInput.usage("classes", "a whole number of at least 1", classes);
    }
  }

  /**
   * The mean of the losses of all images.
   *
   * @param logits [N, classes]
   * @param labels [N], each in [0, classes)
   * @return the mean, 0 without images
   * @throws BadInput if a label or the number of logits is wrong
   */
  public double mean(float[] logits, long[] labels) {
    check(logits, labels);
    double sum = 0;
    for (int image = 0; image < labels.length; image++) {
      int row = image * classes;
      double largest = largest(logits, row);
      sum += Math.log(expSum(logits, row, largest)) + largest - logits[row + (int) labels[image]];
    }
    return sum / Math.max(1, labels.length);
  }

  /**
   * A multiple of the gradient of the sum of all images' losses by the logits: 1 for attacks, where images are independent, {@code 1 / N} for
   * the mean.
   *
   * @param logits [N, classes]
   * @param labels [N], each in [0, classes)
   * @param factor the multiple
   * @param gradient [N, classes], written; may be {@code logits}
   * @throws BadInput if a label or the number of logits is wrong
   */
  public void gradient(float[] logits, long[] labels, double factor, float[] gradient) {
    check(logits, labels);
    for (int image = 0; image < labels.length; image++) {
      int row = image * classes;
      double largest = largest(logits, row);
      double sum = expSum(logits, row, largest);
      for (int k = 0; k < classes; k++) {
        double softmax = Math.exp(logits[row + k] - largest) / sum;
        gradient[row + k] = (float) (factor * (k == labels[image] ? softmax - 1 : softmax));
      }
    }
  }

  private double largest(float[] logits, int row) {
    float largest = logits[row];
    for (int k = 1; k < classes; k++) {
      largest = Math.max(largest, logits[row + k]);
    }
    return largest;
  }

  private double expSum(float[] logits, int row, double largest) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(logits[row + k] - largest);
    }
    return sum;
  }

  private void check(float[] logits, long[] labels) {
    if (logits.length != labels.length * classes) {
      throw BadInput.data("logits", labels.length + " x " + classes, logits.length, "cross-entropy");
    }
    for (int image = 0; image < labels.length; image++) {
      if (labels[image] < 0 || labels[image] >= classes) {
        throw BadInput.data("label", "0 to " + (classes - 1), labels[image], "image " + image);
      }
    }
  }
}
