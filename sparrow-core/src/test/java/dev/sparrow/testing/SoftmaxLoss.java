package dev.sparrow.testing;

import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** The mean cross-entropy and its gradient by the logits in double precision, written out: the slow twin of the library's. */
public record SoftmaxLoss(double value, Tensor gradient) {

  /** Of logits [N, K] and labels [N]; the gradient is float32 and belongs to the caller's scope. */
  public static SoftmaxLoss of(Tensor logits, long[] labels) {
    float[] values = Tensors.toFloats(logits);
    int classes = values.length / labels.length;
    float[] gradient = new float[values.length];
    double loss = 0;
    for (int n = 0; n < labels.length; n++) {
      double sum = 0;
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        largest = Math.max(largest, values[n * classes + k]);
      }
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(values[n * classes + k] - largest);
      }
      for (int k = 0; k < classes; k++) {
        double probability = Math.exp(values[n * classes + k] - largest) / sum;
        gradient[n * classes + k] = (float) ((probability - (labels[n] == k ? 1 : 0)) / labels.length);
      }
      loss -= values[n * classes + (int) labels[n]] - largest - Math.log(sum);
    }
    return new SoftmaxLoss(loss / labels.length, Tensors.ofFloats(gradient, labels.length, classes));
  }
}
