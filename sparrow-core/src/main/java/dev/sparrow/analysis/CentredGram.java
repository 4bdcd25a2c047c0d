package dev.sparrow.analysis;

import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The similarities between images as one layer represents them: the inner products of all pairs of representations, less the mean of each
 * feature over the images.
 *
 * <p>Exact sums in float64 over all features, of which a layer may have a hundred thousand, while the result has only one row per image.
 */
final class CentredGram {

  /** Features taken at a time, so that their float64 copies stay small. */
  private static final long CHUNK = 4096;

  private final double[] values;

  private CentredGram(double[] values) {
    this.values = values;
  }

  /**
   * The matrix of a layer.
   *
   * @param features [N, D] float
   * @return N x N; independent of native memory
   */
  static CentredGram of(Tensor features) {
    try (TensorScope scope = TensorScope.open()) {
      int images = Math.toIntExact(features.size(0));
      Tensor sum = BlankTensors.zeros(ScalarType.Double, features.device(), images, images);
      for (long from = 0; from < features.size(1); from += CHUNK) {
        try (TensorScope step = TensorScope.open()) {
          Tensor chunk = features.narrow(1, from, Math.min(CHUNK, features.size(1) - from)).to(ScalarType.Double);
          Tensor centred = chunk.sub(chunk.mean(0));
          sum.add_(centred.matmul(centred.t()));
        }
      }
      double[] values = new double[images * images];
      Tensors.bytesOf(Tensors.toDevice(sum, DeviceSpec.CPU.toDevice())).asDoubleBuffer().get(values);
      return new CentredGram(values);
    }
  }

  /**
   * The cosine of two such matrices of the same images: linear CKA.
   *
   * @param other of as many images
   * @return in [0, 1]; 0 if a layer represents all images alike
   */
  double alignment(CentredGram other) {
    double lengths = Math.sqrt(product(this)) * Math.sqrt(other.product(other));
    return lengths == 0 ? 0 : product(other) / lengths;
  }

  private double product(CentredGram other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * other.values[i];
    }
    return sum;
  }
}
