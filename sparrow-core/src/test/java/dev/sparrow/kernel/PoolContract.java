package dev.sparrow.kernel;

import java.util.Random;

/** What every implementation of the kernels must do in pools. */
final class PoolContract {

  private final Kernels kernels;
  private final Plane plane;
  private final Blocks blocks;
  private final Random random;
  private final String name;

  PoolContract(Kernels kernels, Plane plane, long seed) {
    this.kernels = kernels;
    this.plane = plane;
    this.blocks = Blocks.of(kernels, plane);
    this.random = new Random(seed);
    this.name = kernels.description() + ", " + kernels.format() + ", " + kernels.lanes() + " lanes: new PoolContract(kernels, new " + plane
        + ", " + seed + ")";
  }

  /** Maximum and its gradient; few different values, so that many squares have several largest cells. */
  void checkMaximum(int side) {
    Plane small = new Plane(plane.channels(), plane.height() / side, plane.width() / side);
    Blocks pooled = Blocks.of(kernels, small);
    double[] few = new double[blocks.size()];
    for (int i = 0; i < few.length; i++) {
      few[i] = random.nextInt(4) - 2;
    }
    double[] in = blocks.values(blocks.words(few));
    double[] gradient = pooled.random(random);
    double[] largest = new double[pooled.size()];
    double[] expected = new double[in.length];
    pooled.forEachCell((channel, row, column, at) -> {
      for (int image = 0; image < pooled.images(); image++) {
        int best = blocks.index(image, channel, row * side, column * side);
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            int candidate = blocks.index(image, channel, row * side + y, column * side + x);
            best = in[candidate] > in[best] ? candidate : best;
          }
        }
        largest[pooled.index(image, channel, row, column)] = in[best];
        expected[best] = gradient[pooled.index(image, channel, row, column)];
      }
    });
    checkMaximum(small, pooled, in, largest, gradient, expected, "maximum over " + side + ", " + name);
  }

  private void checkMaximum(
      Plane small, Blocks pooled, double[] in, double[] largest, double[] gradient, double[] expected, String where) {
    float[] inWords = blocks.words(in);
    float[] out = pooled.untouched();
    float[] back = blocks.untouched();
    float[] gradientWords = pooled.words(gradient);
    int side = plane.height() / small.height();
    for (Part part : PassContract.parts(small, random)) {
      float[] ofPart = pooled.untouched();
      kernels.maxPool(plane, small, part, inWords, ofPart);
      pooled.assertWritten(ofPart, (channel, row, column) -> PassContract.contains(part, channel, row), part + " of " + where);
      float[] backOfPart = blocks.untouched();
      kernels.maxPoolGradient(plane, small, part, inWords, gradientWords, backOfPart);
      blocks.assertWritten(
          backOfPart, (channel, row, column) -> PassContract.contains(part, channel, row / side), part + " of gradient of " + where);
      kernels.maxPool(plane, small, part, inWords, out);
      kernels.maxPoolGradient(plane, small, part, inWords, gradientWords, back);
    }
    Close.words(kernels.format(), largest, pooled.values(out), where);
    pooled.assertHaloIsZero(out, where);
    Close.words(kernels.format(), expected, blocks.values(back), "gradient of " + where);
    blocks.assertHaloIsZero(back, where);
  }

  /** Mean and its gradient. */
  void checkMean() {
    Blocks cells = Blocks.of(kernels, new Plane(plane.channels(), 1, 1));
    double[] in = blocks.random(random);
    double[] gradient = cells.random(random);
    double[] mean = new double[cells.size()];
    double[] expected = new double[in.length];
    int area = plane.height() * plane.width();
    for (int i = 0; i < in.length; i++) {
      mean[i / area] += in[i] / area;
      expected[i] = gradient[i / area] / area;
    }
    float[] out = cells.untouched();
    float[] back = blocks.untouched();
    int cut = random.nextInt(plane.channels() + 1);
    Part first = new Part(0, plane.height(), 0, cut);
    kernels.averagePool(plane, first, blocks.words(in), out);
    kernels.averagePoolGradient(plane, first, cells.words(gradient), back);
    cells.assertWritten(out, (channel, row, column) -> channel < cut, first + " of mean, " + name);
    blocks.assertWritten(back, (channel, row, column) -> channel < cut, first + " of gradient of mean, " + name);
    Part second = new Part(0, plane.height(), cut, plane.channels());
    kernels.averagePool(plane, second, blocks.words(in), out);
    kernels.averagePoolGradient(plane, second, cells.words(gradient), back);
    Close.words(kernels.format(), mean, cells.values(out), "mean, " + name);
    cells.assertHaloIsZero(out, "mean, " + name);
    Close.words(kernels.format(), expected, blocks.values(back), "gradient of mean, " + name);
    blocks.assertHaloIsZero(back, "gradient of mean, " + name);
  }
}
