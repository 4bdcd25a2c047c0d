package dev.sparrow.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that an implementation of the kernels must do. Throws what it finds wrong; the message has the case and its seed. */
final class KernelsContract {

  private static final int[][] SIDES = {{32, 32}, {16, 16}, {8, 8}, {7, 7}, {5, 5}, {4, 4}, {2, 2}, {1, 1}, {5, 9}};
  private static final double[] DENSITIES = {0, 0.005, 0.1, 0.5, 1};
  private static final int[][] CONVOLUTIONS = {{3, 1}, {3, 2}, {1, 1}, {1, 2}};

  private KernelsContract() {}

  /** The vectorised kernels in both formats; none where they cannot run. */
  static List<Kernels> vector() {
    List<Kernels> all = new ArrayList<>();
    for (WordFormat format : WordFormat.values()) {
      Kernels kernels = KernelLoader.load(KernelChoice.AUTO, format);
      if (!(kernels instanceof PlainKernels)) {
        all.add(kernels);
      }
    }
    return all;
  }

  /** All of it. */
  static void all(Kernels kernels) {
    convolutions(kernels);
    manyChannels(kernels);
    finishes(kernels);
    passes(kernels);
    pools(kernels);
    SpecialValues.check(kernels);
    agreement(kernels, 1);
  }

  static void convolutions(Kernels kernels) {
    for (int[] convolution : CONVOLUTIONS) {
      for (int[] sides : SIDES) {
        for (double density : DENSITIES) {
          ConvolutionContract.check(new ConvolutionCase(kernels,
              new ConvolutionCase.Size(convolution[0], convolution[1], 3, 5, sides[0], sides[1], density)));
        }
      }
    }
  }

  /** Many channels, as they are in the last layers: more than any blocking takes at once. */
  static void manyChannels(Kernels kernels) {
    for (int[] convolution : CONVOLUTIONS) {
      for (int side : new int[] {4, 8}) {
        ConvolutionContract.check(new ConvolutionCase(kernels,
            new ConvolutionCase.Size(convolution[0], convolution[1], 70, 19, side, side, 0.3)));
      }
    }
  }

  static void finishes(Kernels kernels) {
    for (int[] convolution : CONVOLUTIONS) {
      for (int side : new int[] {4, 5, 8}) {
        FinishContract.checkConvolution(new ConvolutionCase(kernels,
            new ConvolutionCase.Size(convolution[0], convolution[1], 3, 4, side, side, 0.4)));
      }
    }
    for (int side : new int[] {1, 2, 4, 5, 7, 8, 16}) {
      FinishContract.checkWords(kernels, new Plane(3, side, side), side);
    }
  }

  static void passes(Kernels kernels) {
    for (int[] sides : SIDES) {
      for (int channels : new int[] {1, 3, 6}) {
        new PassContract(kernels, new Plane(channels, sides[0], sides[1]), sides[0]).check();
      }
    }
  }

  static void pools(Kernels kernels) {
    for (int side : new int[] {2, 3, 4}) {
      for (int squares = 1; squares <= 5; squares++) {
        new PoolContract(kernels, new Plane(3, side * squares, side * squares), squares).checkMaximum(side);
      }
    }
    new PoolContract(kernels, new Plane(2, 32, 32), 1).checkMaximum(2);
    for (int[] sides : SIDES) {
      new PoolContract(kernels, new Plane(3, sides[0], sides[1]), sides[0]).checkMean();
    }
  }

  /** Two implementations on the same words. */
  static void agreement(Kernels one, long seed) {
    Kernels other = new PlainKernels(one.format(), one.lanes());
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      int[] convolution = CONVOLUTIONS[i % CONVOLUTIONS.length];
      int side = 1 + random.nextInt(20);
      ConvolutionCase.Size size = new ConvolutionCase.Size(
          convolution[0], convolution[1], 1 + random.nextInt(40), 1 + random.nextInt(12), side, side, random.nextDouble());
      Agreement.check(new ConvolutionCase(one, size), new ConvolutionCase(other, size));
    }
  }
}
