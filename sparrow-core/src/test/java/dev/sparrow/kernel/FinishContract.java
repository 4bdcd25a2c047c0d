package dev.sparrow.kernel;

import java.util.Arrays;
import java.util.Random;

/** What becomes of sums: every combination of the pieces of a {@link Finish}, behind a convolution and for words that are there. */
final class FinishContract {

  private static final float[] NONE = {};

  private final Kernels kernels;
  private final Blocks blocks;
  private final double[] sums;
  private final Source source;
  private final String name;
  private final Random random;
  private final float[] scale;
  private final float[] shift;

  /** Where the sums come from: finishes all of them. */
  interface Source {
    void run(Finish finish);
  }

  private FinishContract(Kernels kernels, Blocks blocks, double[] sums, Source source, String name, Random random) {
    this.kernels = kernels;
    this.blocks = blocks;
    this.sums = sums;
    this.source = source;
    this.name = name;
    this.random = random;
    this.scale = coefficients(blocks.plane().channels(), random);
    this.shift = coefficients(blocks.plane().channels(), random);
  }

  static float[] coefficients(int channels, Random random) {
    float[] values = new float[channels];
    for (int i = 0; i < channels; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static void checkConvolution(ConvolutionCase conv) {
    double[] in = conv.input.random(conv.random);
    float[] inWords = conv.input.words(in);
    Taps forward = conv.forward();
    double[] values = conv.twin.convolve(in, conv.weight);
    FinishContract ahead = new FinishContract(conv.kernels, conv.output, values, finish -> conv.parts(forward).forEach(part ->
        conv.kernels.convolve(forward, inWords, part, finish, conv.scratch(forward))), conv.name, conv.random);
    ahead.forward();
    ahead.backward();
    double[] gradient = conv.output.random(conv.random);
    float[] gradientWords = conv.output.words(gradient);
    Taps backward = conv.backward();
    double[] gradients = conv.twin.inputGradient(gradient, conv.weight);
    FinishContract back = new FinishContract(conv.kernels, conv.input, gradients, finish -> conv.parts(backward).forEach(part ->
        conv.kernels.convolve(backward, gradientWords, part, finish, conv.scratch(backward))), "backward, " + conv.name, conv.random);
    back.forward();
    back.backward();
  }

  static void checkWords(Kernels kernels, Plane plane, long seed) {
    Random random = new Random(seed);
    Blocks blocks = Blocks.of(kernels, plane);
    double[] values = blocks.random(random);
    float[] words = blocks.words(values);
    String name = kernels.description() + ", " + kernels.format() + ", finish of " + plane + ", seed " + seed;
    FinishContract contract = new FinishContract(kernels, blocks, values, finish -> PassContract.parts(plane, random).forEach(part ->
        kernels.finish(plane, words, part, finish)), name, random);
    contract.forward();
    contract.backward();
    contract.plain();
  }

  private void plain() {
    float[] out = new float[blocks.size()];
    source.run(new Finish.Plain(out));
    Close.sums(sums, ConvolutionContract.unpack(blocks, out), "plain, " + name);
  }

  private void forward() {
    for (int bits = 0; bits < 16; bits++) {
      forward((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
    }
  }

  private void forward(boolean hasResidual, boolean hasValue, boolean hasActivation, boolean hasMoments) {
    String where = "residual " + hasResidual + ", value " + hasValue + ", activation " + hasActivation + ", moments " + hasMoments;
    double[] residual = blocks.random(random);
    float[] value = hasValue ? blocks.untouched() : NONE;
    float[] activation = hasActivation ? blocks.untouched() : NONE;
    float[] moments = hasMoments ? ones() : NONE;
    float[] factors = hasActivation ? scale : NONE;
    float[] summands = hasActivation ? shift : NONE;
    source.run(new Finish.Forward(hasResidual ? blocks.words(residual) : NONE, value, activation, factors, summands, moments));
    double[] v = new double[sums.length];
    double[] a = new double[sums.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = sums[i] + (hasResidual ? residual[i] : 0);
      a[i] = Math.max(0, v[i] * scale[channel(i)] + shift[channel(i)]);
    }
    assertWords(v, value, "value of " + where);
    assertWords(a, activation, "activation of " + where);
    assertMoments(v, v, moments, where);
  }

  private void backward() {
    for (int bits = 0; bits < 64; bits++) {
      boolean inPlace = (bits & 1) != 0;
      backward((bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0, (bits & 32) != 0, inPlace);
    }
  }

  private void backward(boolean partial, boolean masked, boolean hasMoments, boolean scaled, boolean other, boolean inPlace) {
    String where = "partial " + partial + ", activation " + masked + ", moments " + hasMoments + ", scale " + scaled + ", other " + other
        + ", in place " + inPlace;
    double[] partials = blocks.random(random);
    double[] activations = blocks.random(random);
    double[] values = blocks.random(random);
    double[] others = blocks.random(random);
    float[] partialWords = partial ? blocks.words(partials) : NONE;
    float[] otherWords = other ? blocks.words(others) : NONE;
    float[] gradient = inPlace && other ? otherWords : inPlace && partial ? partialWords : blocks.untouched();
    float[] moments = hasMoments ? ones() : NONE;
    source.run(new Finish.Backward(partialWords, masked ? blocks.words(activations) : NONE, hasMoments ? blocks.words(values) : NONE,
        moments, scaled ? scale : NONE, otherWords, gradient));
    double[] v = new double[sums.length];
    double[] g = new double[sums.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = masked && activations[i] == 0 ? 0 : sums[i] + (partial ? partials[i] : 0);
      g[i] = v[i] * (scaled ? scale[channel(i)] : 1) + (other ? others[i] : 0);
    }
    assertWords(g, gradient, "gradient of " + where);
    assertMoments(v, values, moments, where);
  }

  private float[] ones() {
    float[] ones = new float[blocks.plane().channels() * 2 * kernels.lanes()];
    Arrays.fill(ones, 1); // what is there is added to
    return ones;
  }

  private int channel(int index) {
    return index / (blocks.plane().height() * blocks.plane().width()) % blocks.plane().channels();
  }

  private void assertWords(double[] expected, float[] words, String where) {
    if (words.length > 0) {
      Close.words(kernels.format(), expected, blocks.values(words), where + ", " + name);
      blocks.assertHaloIsZero(words, where + ", " + name);
    }
  }

  private void assertMoments(double[] v, double[] factor, float[] moments, String where) {
    if (moments.length > 0) {
      int lanes = kernels.lanes();
      double[] expected = Close.toDouble(ones());
      for (int i = 0; i < v.length; i++) {
        int image = i / (v.length / blocks.images());
        expected[channel(i) * 2 * lanes + image % lanes] += v[i];
        expected[(channel(i) * 2 + 1) * lanes + image % lanes] += v[i] * factor[i];
      }
      Close.sums(expected, Close.toDouble(moments), "moments of " + where + ", " + name);
    }
  }
}
