package dev.sparrow.kernel;

import dev.sparrow.arch.Op;
import java.util.Arrays;

/** The coefficients of one batch norm in one pass. */
final class NormState {

  /** That of no batch norm: empty arrays. */
  static final NormState NONE = new NormState(0);

  /** Of the forward direction: the normalised value is {@code value * scale + shift}. */
  final float[] scale;

  final float[] shift;

  /** Of the gradient with statistics of the batch: {@code gradient * a + value * b + c}. */
  final float[] a;

  final float[] b;
  final float[] c;

  private final double[] mean;
  private final double[] inverse;

  NormState(int channels) {
    scale = new float[channels];
    shift = new float[channels];
    a = new float[channels];
    b = new float[channels];
    c = new float[channels];
    mean = new double[channels];
    inverse = new double[channels];
  }

  /** The one that leaves values as they are. */
  static NormState identity(int channels) {
    NormState state = new NormState(channels);
    Arrays.fill(state.scale, 1);
    return state;
  }

  /** Normalises by the running statistics. */
  void useRunning(NormLayer norm) {
    for (int channel = 0; channel < mean.length; channel++) {
      use(norm, channel, (double) norm.runningMean[channel] - norm.bias[channel], norm.runningVariance[channel]);
    }
  }

  /** Normalises a channel by its mean and its variance, the biased one. */
  void use(NormLayer norm, int channel, double mean, double variance) {
    double inverse = 1 / Math.sqrt(variance + Op.BatchNorm.EPSILON);
    this.mean[channel] = mean;
    this.inverse[channel] = inverse;
    scale[channel] = (float) (norm.gamma[channel] * inverse);
    shift[channel] = (float) (norm.beta[channel] - mean * norm.gamma[channel] * inverse);
  }

  /**
   * The gradient by gamma.
   *
   * @param sum of the gradient behind the norm
   * @param products sum of the gradient times the value before the norm
   */
  double gammaGradient(int channel, double sum, double products) {
    return inverse[channel] * (products - mean[channel] * sum);
  }

  /** Sets the coefficients of the gradient, for a batch with so many values per channel; sums as above. */
  void centre(NormLayer norm, int channel, double sum, double products, double values) {
    double factor = norm.gamma[channel] * inverse[channel];
    double slope = inverse[channel] * gammaGradient(channel, sum, products) / values;
    a[channel] = (float) factor;
    b[channel] = (float) (-factor * slope);
    c[channel] = (float) (factor * (slope * mean[channel] - sum / values));
  }
}
