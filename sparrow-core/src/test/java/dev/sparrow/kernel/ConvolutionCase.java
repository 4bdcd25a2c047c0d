package dev.sparrow.kernel;

import dev.sparrow.arch.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A convolution with random active weights, one input and one output channel without any, for one implementation of the kernels. */
final class ConvolutionCase {

  final Kernels kernels;
  final Op.Conv2d conv;
  final Blocks input;
  final Blocks output;
  final boolean[] active;

  /** The weights as they are trained: those of inactive positions hold a number that nothing may use. */
  final float[] loaded;

  /** The weights as they count: zero at inactive positions. */
  final double[] weight;

  final DenseTwin twin;
  final Random random;
  final String name;

  /**
   * What to convolve.
   *
   * @param kernel side of the kernel
   * @param stride of the convolution
   * @param in input channels
   * @param out output channels
   * @param height rows of the input
   * @param width columns of the input
   * @param density fraction of active weights
   */
  record Size(int kernel, int stride, int in, int out, int height, int width, double density) {}

  ConvolutionCase(Kernels kernels, Size size) {
    long seed = size.hashCode();
    this.name = kernels.description() + ", " + kernels.format() + ", " + kernels.lanes() + " lanes: new ConvolutionCase.Size("
        + String.join(", ", List.of("" + size.kernel, "" + size.stride, "" + size.in, "" + size.out, "" + size.height, "" + size.width,
            "" + size.density)) + ")";
    this.kernels = kernels;
    this.random = new Random(seed);
    this.conv = new Op.Conv2d("conv", size.in, size.out, size.kernel, size.stride, size.kernel / 2, false);
    this.input = Blocks.of(kernels, new Plane(size.in, size.height, size.width));
    int rows = (size.height - 1) / size.stride + 1;
    int columns = (size.width - 1) / size.stride + 1;
    this.output = Blocks.of(kernels, new Plane(size.out, rows, columns));
    int window = size.kernel * size.kernel;
    this.active = new boolean[size.out * size.in * window];
    this.loaded = new float[active.length];
    this.weight = new double[active.length];
    for (int i = 0; i < active.length; i++) {
      boolean empty = size.density < 1 && (i / window % size.in == size.in - 1 || i / window / size.in == size.out / 2);
      active[i] = !empty && random.nextDouble() < size.density;
      loaded[i] = active[i] ? (float) random.nextGaussian() : Float.NaN;
      weight[i] = active[i] ? loaded[i] : 0;
    }
    this.twin = new DenseTwin(conv, input.plane(), output.plane(), input.images());
  }

  Taps forward() {
    Taps taps = Taps.forward(conv, input.plane(), output.plane(), active);
    taps.load(loaded);
    return taps;
  }

  Taps backward() {
    Taps taps = Taps.backward(conv, input.plane(), output.plane(), active);
    taps.load(loaded);
    return taps;
  }

  /** Parts that cover all rows of the grid and all output channels once: rows in tiles, channels at random. */
  List<Part> parts(Taps taps) {
    int gridRows = taps.phases.stream().mapToInt(phase -> phase.rows).max().orElseThrow();
    int tile = kernels.tileRows(taps);
    int channels = taps.output.channels();
    List<Part> parts = new ArrayList<>();
    for (int row = 0; row < gridRows; ) {
      int toRow = Math.min(gridRows, row + tile * (1 + random.nextInt(2)));
      int cut = random.nextInt(channels + 1);
      parts.add(new Part(row, toRow, 0, cut));
      parts.add(new Part(row, toRow, cut, channels));
      row = toRow;
    }
    return parts;
  }

  float[] scratch(Taps taps) {
    float[] scratch = new float[kernels.scratch(taps)];
    Arrays.fill(scratch, Float.NaN);
    return scratch;
  }

  /** Whether an output cell belongs to a part. */
  static boolean contains(Taps taps, Part part, int channel, int row) {
    int gridRow = row / taps.spread;
    return channel >= part.fromChannel() && channel < part.toChannel() && gridRow >= part.fromRow() && gridRow < part.toRow();
  }
}
