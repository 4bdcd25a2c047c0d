package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/** Finishes the sums of neighbouring cells of a row, step by step as {@link Finish} says. */
final class VectorFinish {

  /** Cells at a time where there is a choice. */
  private static final int CELLS = 16;

  private final VectorSums steps;

  /** Floats per cell of sums. */
  private final int images;

  /** For the finishing of words, which brings no scratch memory. */
  private final ThreadLocal<float[]> scratch;

  VectorFinish(VectorSums steps, int images) {
    this.steps = steps;
    this.images = images;
    this.scratch = ThreadLocal.withInitial(() -> new float[CELLS * images]);
  }

  /** Floats per cell of sums. */
  int images() {
    return images;
  }

  /** Finishes words; see {@link Kernels#finish}. */
  void words(Plane plane, float[] source, Part part, Finish to) {
    float[] sums = scratch.get();
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        for (int column = 0; column < plane.width(); column += CELLS) {
          int cells = Math.min(CELLS, plane.width() - column);
          steps.load(sums, cells, source, plane.at(channel, row, column, LANES));
          cells(to, plane, channel, row, column, cells, sums);
        }
      }
    }
  }

  /**
   * Finishes sums.
   *
   * @param to what becomes of them
   * @param plane of the values
   * @param channel of the cells
   * @param row of the cells
   * @param column of the first cell
   * @param cells how many
   * @param sums [cell][image], overwritten
   */
  void cells(Finish to, Plane plane, int channel, int row, int column, int cells, float[] sums) {
    if (to instanceof Finish.Forward forward) {
      forward(forward, channel, plane.at(channel, row, column, LANES), cells, sums);
    } else if (to instanceof Finish.Backward backward) {
      backward(backward, channel, plane.at(channel, row, column, LANES), cells, sums);
    } else if (to instanceof Finish.Plain untouched) {
      int first = (channel * plane.height() + row) * plane.width() + column;
      System.arraycopy(sums, 0, untouched.sums(), first * images, cells * images);
    }
  }

  private void forward(Finish.Forward to, int channel, int at, int cells, float[] sums) {
    if (to.residual().length > 0) {
      steps.add(sums, cells, to.residual(), at);
    }
    if (to.moments().length > 0) {
      steps.addMoments(sums, cells, to.moments(), 2 * channel * LANES);
    }
    if (to.value().length > 0) {
      steps.store(sums, cells, to.value(), at);
    }
    if (to.activation().length > 0) {
      steps.storeRectified(sums, cells, to.scale()[channel], to.shift()[channel], to.activation(), at);
    }
  }

  private void backward(Finish.Backward to, int channel, int at, int cells, float[] sums) {
    if (to.partial().length > 0) {
      steps.add(sums, cells, to.partial(), at);
    }
    if (to.activation().length > 0) {
      steps.mask(sums, cells, to.activation(), at);
    }
    if (to.moments().length > 0) {
      steps.addMoments(sums, cells, to.value(), at, to.moments(), 2 * channel * LANES);
    }
    if (to.scale().length > 0) {
      steps.multiply(sums, cells, to.scale()[channel]);
    }
    if (to.other().length > 0) {
      steps.add(sums, cells, to.other(), at);
    }
    steps.store(sums, cells, to.gradient(), at);
  }
}
