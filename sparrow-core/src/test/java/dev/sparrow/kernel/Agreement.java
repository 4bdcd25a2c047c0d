package dev.sparrow.kernel;

import java.util.Arrays;

/** A chain of kernels, as a layer of a network runs them, by two implementations. */
final class Agreement {

  private static final float[] NONE = {};

  private Agreement() {}

  /** Fails unless every array that the two write holds nearly the same. */
  static void check(ConvolutionCase one, ConvolutionCase other) {
    Layer first = new Layer(one);
    Layer second = new Layer(other);
    first.run();
    second.run();
    WordFormat format = one.kernels.format();
    Close.roundedWords(format, one.output.values(second.value), one.output.values(first.value), "value, " + one.name);
    Close.roundedWords(format, one.output.values(second.activation), one.output.values(first.activation), "activation, " + one.name);
    Close.roundedWords(format, one.input.values(second.gradient), one.input.values(first.gradient), "gradient, " + one.name);
    Close.sums(Close.toDouble(second.moments), Close.toDouble(first.moments), "moments, " + one.name);
    Close.sums(Close.toDouble(second.weightSums), Close.toDouble(first.weightSums), "weight gradients, " + one.name);
  }

  private static final class Layer {

    final ConvolutionCase conv;
    final float[] value;
    final float[] activation;
    final float[] gradient;
    final float[] moments;
    final float[] weightSums;

    Layer(ConvolutionCase conv) {
      this.conv = conv;
      this.value = conv.output.untouched();
      this.activation = conv.output.untouched();
      this.gradient = conv.input.untouched();
      this.moments = new float[conv.output.plane().channels() * 2 * conv.kernels.lanes()];
      this.weightSums = new float[conv.forward().count() * conv.kernels.lanes()];
    }

    void run() {
      float[] in = conv.input.words(conv.input.random(conv.random));
      float[] residual = conv.output.words(conv.output.random(conv.random));
      float[] outGradient = conv.output.words(conv.output.random(conv.random));
      float[] scale = FinishContract.coefficients(conv.output.plane().channels(), conv.random);
      float[] shift = FinishContract.coefficients(conv.output.plane().channels(), conv.random);
      Taps forward = conv.forward();
      Part whole = Part.whole(conv.output.plane());
      conv.kernels.convolve(forward, in, whole, new Finish.Forward(residual, value, NONE, NONE, NONE, moments), conv.scratch(forward));
      float[] lanes = new float[conv.kernels.lanes()];
      Arrays.fill(lanes, Float.intBitsToFloat(-1));
      conv.kernels.normalize(conv.output.plane(), whole, residual, new Normalize(scale, shift, NONE, NONE, NONE, lanes), activation);
      Taps backward = conv.backward();
      Finish back = new Finish.Backward(NONE, in, NONE, NONE, NONE, NONE, gradient);
      conv.kernels.convolve(backward, outGradient, Part.whole(conv.input.plane()), back, conv.scratch(backward));
      conv.kernels.weightGradients(forward, in, outGradient, whole, weightSums);
    }
  }
}
