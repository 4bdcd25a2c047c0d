package dev.sparrow.kernel;

/** Finishes the sums of one cell after another, image by image. */
final class PlainFinish {

  private final PlainWords words;

  /** For the finishing of words, which brings no scratch memory. */
  private final ThreadLocal<float[]> scratch;

  /**
   * Makes it.
   *
   * @param words of the values that are read and written
   */
  PlainFinish(PlainWords words) {
    this.words = words;
    this.scratch = ThreadLocal.withInitial(() -> new float[words.images()]);
  }

  /** Finishes a cell of words. */
  void words(Finish finish, Plane plane, int channel, int row, int column, float[] source) {
    float[] sums = scratch.get();
    words.get(source, plane.at(channel, row, column, words.lanes()), sums);
    cell(finish, plane, channel, row, column, sums);
  }

  /**
   * Finishes one cell.
   *
   * @param finish what becomes of the sums
   * @param plane of the values
   * @param channel of the cell
   * @param row of the cell
   * @param column of the cell
   * @param sums one float32 per image, overwritten
   */
  void cell(Finish finish, Plane plane, int channel, int row, int column, float[] sums) {
    int at = plane.at(channel, row, column, words.lanes());
    if (finish instanceof Finish.Forward forward) {
      forward(forward, channel, at, sums);
    } else if (finish instanceof Finish.Backward backward) {
      backward(backward, channel, at, sums);
    } else if (finish instanceof Finish.Plain untouched) {
      int plain = ((channel * plane.height() + row) * plane.width() + column) * words.images();
      System.arraycopy(sums, 0, untouched.sums(), plain, words.images());
    }
  }

  private void forward(Finish.Forward to, int channel, int at, float[] sums) {
    add(to.residual(), at, sums);
    if (to.value().length > 0) {
      words.set(sums, to.value(), at);
    }
    for (int image = 0; to.moments().length > 0 && image < words.images(); image++) {
      addMoments(to.moments(), channel, image, sums[image], sums[image]);
    }
    if (to.activation().length > 0) {
      for (int image = 0; image < words.images(); image++) {
        sums[image] = Math.max(0, sums[image] * to.scale()[channel] + to.shift()[channel]);
      }
      words.set(sums, to.activation(), at);
    }
  }

  private void backward(Finish.Backward to, int channel, int at, float[] sums) {
    add(to.partial(), at, sums);
    for (int image = 0; image < words.images(); image++) {
      if (to.activation().length > 0 && words.get(to.activation(), at, image) == 0) {
        sums[image] = 0;
      }
      if (to.moments().length > 0) {
        addMoments(to.moments(), channel, image, sums[image], words.get(to.value(), at, image));
      }
      if (to.scale().length > 0) {
        sums[image] *= to.scale()[channel];
      }
    }
    add(to.other(), at, sums);
    words.set(sums, to.gradient(), at);
  }

  private void add(float[] summands, int at, float[] sums) {
    for (int image = 0; summands.length > 0 && image < words.images(); image++) {
      sums[image] += words.get(summands, at, image);
    }
  }

  private void addMoments(float[] moments, int channel, int image, float v, float factor) {
    int first = channel * 2 * words.lanes() + image % words.lanes();
    moments[first] += v;
    moments[first + words.lanes()] += v * factor;
  }
}
