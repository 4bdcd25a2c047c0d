package dev.sparrow.kernel;

import static dev.sparrow.kernel.VectorWords.LANES;

/** Passes over whole values, row after row. */
final class VectorPasses {

  private final VectorRows rows;

  VectorPasses(VectorRows rows) {
    this.rows = rows;
  }

  /** See {@link Kernels#normalize}. */
  void normalize(Plane plane, Part part, float[] value, Normalize norm, float[] out) {
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      float scale = norm.scale()[channel];
      float shift = norm.shift()[channel];
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        int at = plane.at(channel, row, 0, LANES);
        if (norm.hasOther()) {
          float sum = shift + norm.otherShift()[channel];
          rows.normalizeSum(value, norm.other(), at, plane.width(), scale, norm.otherScale()[channel], sum, norm.lanes(), out);
        } else {
          rows.normalize(value, at, plane.width(), scale, shift, norm.lanes(), out);
        }
      }
    }
  }

  /** See {@link Kernels#centre}. */
  void centre(Plane plane, Part part, float[] gradient, Centre centre, float[] out) {
    for (int channel = part.fromChannel(); channel < part.toChannel(); channel++) {
      float a = centre.a()[channel];
      float b = centre.b()[channel];
      float c = centre.c()[channel];
      for (int row = part.fromRow(); row < part.toRow(); row++) {
        int at = plane.at(channel, row, 0, LANES);
        if (centre.hasOther()) {
          rows.centreSum(gradient, centre.value(), centre.other(), at, plane.width(), a, b, c, centre.lanes(), out);
        } else {
          rows.centre(gradient, centre.value(), at, plane.width(), a, b, c, centre.lanes(), out);
        }
      }
    }
  }
}
