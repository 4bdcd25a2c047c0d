package dev.sparrow.kernel;

import java.util.Arrays;
import java.util.List;

/** What every implementation of the kernels must do in convolutions, whatever the plane, the density and the split into parts. */
final class ConvolutionContract {

  private static final float[] NONE = {};

  private ConvolutionContract() {}

  static void check(ConvolutionCase conv) {
    forward(conv);
    backward(conv);
    weightGradients(conv);
  }

  private static void forward(ConvolutionCase conv) {
    double[] in = conv.input.random(conv.random);
    double[] expected = conv.twin.convolve(in, conv.weight);
    direction(conv, conv.forward(), conv.input, conv.output, in, expected, "forward, " + conv.name);
  }

  private static void backward(ConvolutionCase conv) {
    double[] gradient = conv.output.random(conv.random);
    double[] expected = conv.twin.inputGradient(gradient, conv.weight);
    direction(conv, conv.backward(), conv.output, conv.input, gradient, expected, "backward, " + conv.name);
  }

  private static void direction(ConvolutionCase conv, Taps taps, Blocks from, Blocks to, double[] in, double[] expected, String name) {
    float[] words = from.words(in);
    float[] wholeSums = sums(conv, taps, words, to, List.of(Part.whole(to.plane())));
    Close.sums(expected, unpack(to, wholeSums), name);
    List<Part> parts = conv.parts(taps);
    if (!Arrays.equals(wholeSums, sums(conv, taps, words, to, parts))) {
      throw new AssertionError("other sums in parts " + parts + ": " + name);
    }
    Part part = parts.get(conv.random.nextInt(parts.size()));
    float[] value = to.untouched();
    conv.kernels.convolve(taps, words, part, new Finish.Forward(NONE, value, NONE, NONE, NONE, NONE), conv.scratch(taps));
    to.assertHaloIsZero(value, name);
    to.assertWritten(value, (channel, row, column) -> ConvolutionCase.contains(taps, part, channel, row), part + ": " + name);
  }

  private static float[] sums(ConvolutionCase conv, Taps taps, float[] words, Blocks to, List<Part> parts) {
    float[] sums = new float[to.size()];
    Arrays.fill(sums, Float.NaN);
    parts.forEach(part -> conv.kernels.convolve(taps, words, part, new Finish.Plain(sums), conv.scratch(taps)));
    return sums;
  }

  /** From [channel][row][column][image] to [image][channel][row][column]. */
  static double[] unpack(Blocks blocks, float[] sums) {
    double[] values = new double[sums.length];
    int cells = sums.length / blocks.images();
    for (int i = 0; i < sums.length; i++) {
      values[i % blocks.images() * cells + i / blocks.images()] = sums[i];
    }
    return values;
  }

  private static void weightGradients(ConvolutionCase conv) {
    double[] in = conv.input.random(conv.random);
    double[] gradient = conv.output.random(conv.random);
    double[][] perImage = conv.twin.weightGradients(in, gradient);
    float[] inWords = conv.input.words(in);
    float[] gradientWords = conv.output.words(gradient);
    Taps taps = conv.forward();
    TapList list = taps.phases.get(0);
    int lanes = conv.kernels.lanes();
    float[] sums = new float[taps.count() * lanes];
    Arrays.fill(sums, 1); // what is there is added to
    for (Part part : conv.parts(taps)) {
      int from = list.begin(part.fromChannel()) * lanes;
      int to = list.begin(part.toChannel()) * lanes;
      float[] ofPart = Arrays.copyOfRange(sums, from, to + 1);
      ofPart[to - from] = Blocks.UNTOUCHED;
      conv.kernels.weightGradients(taps, inWords, gradientWords, part, ofPart);
      if (ofPart[to - from] != Blocks.UNTOUCHED) {
        throw new AssertionError("sums written behind those of " + part + ": weight gradients, " + conv.name);
      }
      System.arraycopy(ofPart, 0, sums, from, to - from);
    }
    double[] expected = new double[sums.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = 1;
      for (int image = i % lanes; image < conv.input.images(); image += lanes) {
        expected[i] += perImage[image][list.source[i / lanes]];
      }
    }
    Close.sums(expected, Close.toDouble(sums), "weight gradients, " + conv.name);
  }
}
