package dev.sparrow.kernel;

import dev.sparrow.BadInput;

/**
 * The inner loops as they are defined, one multiplication after another: the twin that the fast ones are compared with, and what runs where
 * there are no vectors.
 */
final class PlainKernels implements Kernels {

  static final int MOST_LANES = 16;

  private final PlainWords words;
  private final PlainFinish finish;
  private final PlainPasses passes;
  private final String reason;

  /**
   * Makes them because they were asked for.
   *
   * @param format what a word holds
   * @param lanes words per cell, 1 to 16
   */
  PlainKernels(WordFormat format, int lanes) {
    this(format, lanes, "asked for");
  }

  /**
   * Makes them.
   *
   * @param format what a word holds
   * @param lanes words per cell, 1 to 16
   * @param reason why they were chosen
   */
  PlainKernels(WordFormat format, int lanes, String reason) {
    if (lanes < 1 || lanes > MOST_LANES) {
      throw BadInput.usage("lanes", "1 to " + MOST_LANES, lanes);
    }
    this.words = new PlainWords(format, lanes);
    this.finish = new PlainFinish(words);
    this.passes = new PlainPasses(words);
    this.reason = reason;
  }

  @Override
  public WordFormat format() {
    return words.format();
  }

  @Override
  public int lanes() {
    return words.lanes();
  }

  @Override
  public String description() {
    return "plain kernels: " + reason;
  }

  @Override
  public int scratch(Taps taps) {
    return words.images();
  }

  @Override
  public int tileRows(Taps taps) {
    return 1;
  }

  @Override
  public void convolve(Taps taps, float[] in, Part part, Finish to, float[] scratch) {
    for (TapList list : taps.phases) {
      for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
        for (int row = part.fromRow(); row < Math.min(part.toRow(), list.rows); row++) {
          for (int column = 0; column < list.columns; column++) {
            sum(list, channel, in, taps.input.at(0, row * taps.step, column * taps.step, lanes()), scratch);
            int outRow = list.rowPhase + row * taps.spread;
            int outColumn = list.columnPhase + column * taps.spread;
            finish.cell(to, taps.output, channel, outRow, outColumn, scratch);
          }
        }
      }
    }
  }

  private void sum(TapList list, int channel, float[] in, int base, float[] sums) {
    for (int image = 0; image < words.images(); image++) {
      sums[image] = 0;
    }
    for (int p = list.begin(channel); p < list.end(channel); p++) {
      words.addProducts(list.weight[p], in, base + list.offset[p] * lanes(), sums);
    }
  }

  @Override
  public void weightGradients(Taps taps, float[] in, float[] gradient, Part part, float[] sums) {
    TapList list = taps.phases.get(0);
    int first = list.begin(part.fromChannel());
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        for (int column = 0; column < list.columns; column++) {
          int at = taps.output.at(channel, row, column, lanes());
          int base = taps.input.at(0, row * taps.step, column * taps.step, lanes());
          for (int p = list.begin(channel); p < list.end(channel); p++) {
            words.addLaneProducts(in, base + list.offset[p] * lanes(), gradient, at, sums, (p - first) * lanes());
          }
        }
      }
    }
  }

  @Override
  public void finish(Plane plane, float[] source, Part part, Finish to) {
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        for (int column = 0; column < plane.width(); column++) {
          finish.words(to, plane, channel, row, column, source);
        }
      }
    }
  }

  @Override
  public void normalize(Plane plane, Part part, float[] value, Normalize norm, float[] out) {
    passes.normalize(plane, part, value, norm, out);
  }

  @Override
  public void centre(Plane plane, Part part, float[] gradient, Centre centre, float[] out) {
    passes.centre(plane, part, gradient, centre, out);
  }

  @Override
  public void maxPool(Plane from, Plane to, Part part, float[] in, float[] out) {
    passes.maxPool(from, to, part, in, out);
  }

  @Override
  public void maxPoolGradient(Plane from, Plane to, Part part, float[] in, float[] gradient, float[] out) {
    passes.maxPoolGradient(from, to, part, in, gradient, out);
  }

  @Override
  public void averagePool(Plane from, Part part, float[] in, float[] out) {
    passes.averagePool(from, part, in, out);
  }

  @Override
  public void averagePoolGradient(Plane from, Part part, float[] gradient, float[] out) {
    passes.averagePoolGradient(from, part, gradient, out);
  }

  @Override
  public void pack(Plane plane, float[] images, int firstImage, int count, float[] mean, float[] deviation, float[] out) {
    passes.pack(plane, images, firstImage, count, mean, deviation, out);
  }

  @Override
  public void unpack(Plane plane, float[] sums, int firstImage, int count, float[] factor, float[] values) {
    passes.unpack(plane, sums, firstImage, count, factor, values);
  }
}
