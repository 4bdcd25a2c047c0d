package dev.sparrow.kernel;

import dev.sparrow.arch.Op;
import java.util.Optional;

/**
 * A batch norm with its parameters and running statistics. A bias of the convolution ahead of it is part of it: with statistics of the
 * batch it cancels, and otherwise it shifts the mean.
 */
final class NormLayer {

  static final double MOMENTUM = 0.1;

  private final Op.BatchNorm op;

  /** Number among the batch norms of the network. */
  private final int index;

  private final Optional<String> biasName;

  final float[] gamma;
  final float[] beta;
  final float[] runningMean;
  final float[] runningVariance;

  /** Zeros if the convolution has none. */
  final float[] bias;

  NormLayer(Op.BatchNorm op, int index, Optional<String> biasName) {
    this.op = op;
    this.index = index;
    this.biasName = biasName;
    gamma = new float[op.channels()];
    beta = new float[op.channels()];
    runningMean = new float[op.channels()];
    runningVariance = new float[op.channels()];
    bias = new float[op.channels()];
  }

  String name() {
    return op.name();
  }

  int index() {
    return index;
  }

  int channels() {
    return op.channels();
  }

  /** The parameter that {@link #bias} is, if there is one. */
  Optional<String> biasName() {
    return biasName;
  }

  /** Moves the running statistics of a channel towards those of a batch, as libtorch does: the variance is the unbiased one. */
  void follow(int channel, double mean, double variance, double values) {
    runningMean[channel] += (float) (MOMENTUM * (mean + bias[channel] - runningMean[channel]));
    runningVariance[channel] += (float) (MOMENTUM * (variance * values / (values - 1) - runningVariance[channel]));
  }
}
