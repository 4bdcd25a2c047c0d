package dev.sparrow.kernel;

/** Finishes the sums of one cell after another, image by image. */
final class PlainFinish {

  private final PlainWords words;

  /**
   * Makes it.
   *
   * @param words of the values that are read and written
   */
  PlainFinish(PlainWords words) {
    this.words = words;
  }

  /**
   * Finishes one cell.
   *
   * @param finish what becomes of the sums
   * @param plane of the values
   * @param channel of the cell
   * @param row of the cell
   * @param column of the cell
   * @param format how the sums lie: as words, or as one float32 per image
   * @param sums the sums
   * @param from where the cell's sums begin
   */
  void cell(Finish finish, Plane plane, int channel, int row, int column, PlainWords format, float[] sums, int from) {
    int at = plane.at(channel, row, column, words.lanes());
    int plain = ((channel * plane.height() + row) * plane.width() + column) * words.images();
    for (int image = 0; image < words.images(); image++) {
      float sum = format.get(sums, from, image);
      if (finish instanceof Finish.Forward forward) {
        forward(forward, channel, at, image, sum);
      } else if (finish instanceof Finish.Backward backward) {
        backward(backward, channel, at, image, sum);
      } else if (finish instanceof Finish.Plain untouched) {
        untouched.sums()[plain + image] = sum;
      }
    }
  }

  private void forward(Finish.Forward to, int channel, int at, int image, float sum) {
    float v = to.residual().length > 0 ? sum + words.get(to.residual(), at, image) : sum;
    if (to.value().length > 0) {
      words.put(to.value(), at, image, v);
    }
    if (to.moments().length > 0) {
      addMoments(to.moments(), channel, image, v, v);
    }
    if (to.activation().length > 0) {
      words.put(to.activation(), at, image, Math.max(0, v * to.scale()[channel] + to.shift()[channel]));
    }
  }

  private void backward(Finish.Backward to, int channel, int at, int image, float sum) {
    float v = to.partial().length > 0 ? sum + words.get(to.partial(), at, image) : sum;
    if (to.activation().length > 0 && words.get(to.activation(), at, image) == 0) {
      v = 0;
    }
    if (to.moments().length > 0) {
      addMoments(to.moments(), channel, image, v, words.get(to.value(), at, image));
    }
    if (to.scale().length > 0) {
      v *= to.scale()[channel];
    }
    if (to.other().length > 0) {
      v += words.get(to.other(), at, image);
    }
    words.put(to.gradient(), at, image, v);
  }

  private void addMoments(float[] moments, int channel, int image, float v, float factor) {
    int first = channel * 2 * words.lanes() + image % words.lanes();
    moments[first] += v;
    moments[first + words.lanes()] += v * factor;
  }
}
