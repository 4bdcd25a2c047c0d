package dev.sparrow.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What every implementation of the kernels must do in passes over whole values. */
final class PassContract {

  private static final float[] NONE = {};

  private final Kernels kernels;
  private final Plane plane;
  private final Blocks blocks;
  private final Random random;
  private final String name;

  PassContract(Kernels kernels, Plane plane, long seed) {
    this.kernels = kernels;
    this.plane = plane;
    this.blocks = Blocks.of(kernels, plane);
    this.random = new Random(seed);
    this.name = kernels.description() + ", " + kernels.format() + ", " + kernels.lanes() + " lanes: new PassContract(kernels, new " + plane
        + ", " + seed + ")";
  }

  void check() {
    for (boolean other : new boolean[] {false, true}) {
      for (boolean inPlace : new boolean[] {false, true}) {
        normalize(other, inPlace);
        centre(other, inPlace);
      }
    }
    pack();
    unpack();
  }

  /** Four parts that cover a plane once. */
  static List<Part> parts(Plane plane, Random random) {
    int row = random.nextInt(plane.height() + 1);
    int channel = random.nextInt(plane.channels() + 1);
    return List.of(
        new Part(0, row, 0, channel),
        new Part(0, row, channel, plane.channels()),
        new Part(row, plane.height(), 0, channel),
        new Part(row, plane.height(), channel, plane.channels()));
  }

  static boolean contains(Part part, int channel, int row) {
    return channel >= part.fromChannel() && channel < part.toChannel() && row >= part.fromRow() && row < part.toRow();
  }

  private void normalize(boolean hasOther, boolean inPlace) {
    String where = "normalize, other " + hasOther + ", in place " + inPlace + ", " + name;
    int present = random.nextInt(blocks.images() + 1);
    double[] value = blocks.random(random);
    double[] other = blocks.random(random);
    float[] scale = coefficients();
    float[] shift = coefficients();
    float[] otherScale = coefficients();
    float[] otherShift = coefficients();
    Normalize norm = new Normalize(scale, shift, hasOther ? blocks.words(other) : NONE, hasOther ? otherScale : NONE,
        hasOther ? otherShift : NONE, lanes(present));
    double[] expected = new double[value.length];
    for (int i = 0; i < expected.length; i++) {
      int c = channel(i);
      double v = value[i] * scale[c] + shift[c] + (hasOther ? other[i] * otherScale[c] + otherShift[c] : 0);
      expected[i] = image(i) < present ? Math.max(0, v) : 0;
    }
    run(blocks.words(value), inPlace, present, expected, where,
        (in, part, out) -> kernels.normalize(plane, part, in, norm, out));
  }

  private void centre(boolean hasOther, boolean inPlace) {
    String where = "centre, other " + hasOther + ", in place " + inPlace + ", " + name;
    int present = random.nextInt(blocks.images() + 1);
    double[] gradient = blocks.random(random);
    double[] value = blocks.random(random);
    double[] other = blocks.random(random);
    float[] a = coefficients();
    float[] b = coefficients();
    float[] c = coefficients();
    Centre centre = new Centre(a, blocks.words(value), b, c, hasOther ? blocks.words(other) : NONE, lanes(present));
    double[] expected = new double[value.length];
    for (int i = 0; i < expected.length; i++) {
      int k = channel(i);
      double v = gradient[i] * a[k] + value[i] * b[k] + c[k] + (hasOther ? other[i] : 0);
      expected[i] = image(i) < present ? v : 0;
    }
    run(blocks.words(gradient), inPlace, present, expected, where,
        (in, part, out) -> kernels.centre(plane, part, in, centre, out));
  }

  private interface Pass {
    void run(float[] in, Part part, float[] out);
  }

  private void run(float[] in, boolean inPlace, int present, double[] expected, String where, Pass pass) {
    float[] out = inPlace ? in : blocks.untouched();
    for (Part part : parts(plane, random)) {
      if (!inPlace) {
        float[] ofPart = blocks.untouched();
        pass.run(in, part, ofPart);
        blocks.assertWritten(ofPart, (channel, row, column) -> contains(part, channel, row), part + " of " + where);
      }
      pass.run(in, part, out);
    }
    Close.words(kernels.format(), expected, blocks.values(out), where);
    blocks.assertHaloIsZero(out, where);
    double[] values = blocks.values(out);
    for (int i = present * expected.length / blocks.images(); i < values.length; i++) {
      if (values[i] != 0) {
        throw new AssertionError("value " + i + " is " + values[i] + " although there are only " + present + " images: " + where);
      }
    }
  }

  private void pack() {
    int before = random.nextInt(3);
    int count = before + random.nextInt(blocks.images() + 3);
    int size = plane.channels() * plane.height() * plane.width();
    float[] images = new float[count * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat();
    }
    float[] mean = coefficients();
    float[] deviation = new float[plane.channels()];
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] = 0.1f + random.nextFloat();
    }
    double[] expected = new double[blocks.size()];
    for (int i = 0; i < expected.length; i++) {
      int c = channel(i);
      expected[i] = before + image(i) < count ? ((double) images[before * size + i] - mean[c]) / deviation[c] : 0;
    }
    float[] out = blocks.untouched();
    kernels.pack(plane, images, before, count, mean, deviation, out);
    String where = "pack from " + before + " of " + count + ", " + name;
    Close.words(kernels.format(), expected, blocks.values(out), where);
    blocks.assertHaloIsZero(out, where);
  }

  private void unpack() {
    int before = random.nextInt(3);
    int count = before + random.nextInt(blocks.images() + 3);
    int size = plane.channels() * plane.height() * plane.width();
    float[] sums = new float[blocks.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (float) random.nextGaussian();
    }
    float[] factor = coefficients();
    double[] values = ConvolutionContract.unpack(blocks, sums);
    float[] out = new float[count * size];
    Arrays.fill(out, 7);
    kernels.unpack(plane, sums, before, count, factor, out);
    double[] expected = new double[out.length];
    for (int i = 0; i < expected.length; i++) {
      int image = i / size - before;
      boolean here = image >= 0 && image < blocks.images();
      expected[i] = here ? values[i - before * size] * factor[channel(i)] : 7;
    }
    Close.sums(expected, Close.toDouble(out), "unpack from " + before + " of " + count + ", " + name);
  }

  private float[] coefficients() {
    return FinishContract.coefficients(plane.channels(), random);
  }

  /** One word per lane, all bits of the halves set that belong to one of the first images. */
  private float[] lanes(int present) {
    float[] words = new float[kernels.lanes()];
    for (int lane = 0; lane < words.length; lane++) {
      int low = lane < present ? 0xffff : 0;
      int high = (kernels.format() == WordFormat.FP32 ? lane : lane + words.length) < present ? 0xffff0000 : 0;
      words[lane] = Float.intBitsToFloat(low | high);
    }
    return words;
  }

  private int channel(int index) {
    return index / (plane.height() * plane.width()) % plane.channels();
  }

  private int image(int index) {
    return index / (plane.height() * plane.width()) / plane.channels();
  }
}
