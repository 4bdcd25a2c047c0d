package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/** Pooling, row after row. */
final class VectorPools {

  private final VectorRows rows;

  VectorPools(VectorRows rows) {
    this.rows = rows;
  }

  /** See {@link Kernels#maxPool}. */
  void maximum(Plane from, Plane to, Part part, float[] in, float[] out) {
    int side = from.height() / to.height();
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        for (int column = 0; column < to.width(); column++) {
          int at = from.at(channel, row * side, column * side, LANES);
          rows.largest(in, at, from.rowCells() * LANES, side, out, to.at(channel, row, column, LANES));
        }
      }
    }
  }

  /** See {@link Kernels#maxPoolGradient}. */
  void maximumGradient(Plane from, Plane to, Part part, float[] in, float[] gradient, float[] out) {
    int side = from.height() / to.height();
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        for (int column = 0; column < to.width(); column++) {
          int at = from.at(channel, row * side, column * side, LANES);
          rows.route(in, at, from.rowCells() * LANES, side, gradient, to.at(channel, row, column, LANES), out);
        }
      }
    }
  }

  /** See {@link Kernels#averagePool}: halos between the rows are summed with them, being zero. */
  void average(Plane from, Part part, float[] in, float[] out) {
    Plane cells = new Plane(from.channels(), 1, 1);
    int length = (from.height() - 1) * from.rowCells() + from.width();
    float area = from.height() * from.width();
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      rows.mean(in, from.at(channel, 0, 0, LANES), length, area, out, cells.at(channel, 0, 0, LANES));
    }
  }

  /** See {@link Kernels#averagePoolGradient}. */
  void averageGradient(Plane from, Part part, float[] gradient, float[] out) {
    Plane cells = new Plane(from.channels(), 1, 1);
    float area = from.height() * from.width();
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      for (int row = 0; row < from.height(); row++) {
        rows.spread(gradient, cells.at(channel, 0, 0, LANES), area, out, from.at(channel, row, 0, LANES), from.width());
      }
    }
  }
}
