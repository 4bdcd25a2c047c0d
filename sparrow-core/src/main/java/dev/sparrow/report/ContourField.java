package dev.sparrow.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/** Values on a square grid, bilinear in between, and their contour lines. The lowest row is the first. */
final class ContourField {

  private final List<List<Double>> values;
  private final double low;
  private final double high;

  ContourField(List<List<Double>> values) {
    this.values = values;
    low = values.stream().flatMap(List::stream).mapToDouble(value -> value).min().orElseThrow();
    high = values.stream().flatMap(List::stream).mapToDouble(value -> value).max().orElseThrow();
  }

  /** Where a value lies between the lowest, 0, and the highest, 1. */
  double share(double value) {
    return high > low ? (value - low) / (high - low) : 0;
  }

  /** The value at a share of the way from the lowest to the highest. */
  double value(double share) {
    return low + share * (high - low);
  }

  /** The value at a point of the unit square, from its lower left corner. */
  double at(double across, double up) {
    int cells = values.size() - 1;
    int column = Math.min(cells - 1, (int) (across * cells));
    int row = Math.min(cells - 1, (int) (up * cells));
    double x = across * cells - column;
    double y = up * cells - row;
    double below = values.get(row).get(column) * (1 - x) + values.get(row).get(column + 1) * x;
    double above = values.get(row + 1).get(column) * (1 - x) + values.get(row + 1).get(column + 1) * x;
    return below * (1 - y) + above * y;
  }

  /**
   * The contour of a value, by marching squares: in each cell, lines between the edges on which the value is crossed.
   *
   * @param level the value
   * @param side of the picture; its y axis points down
   * @return straight pieces
   */
  List<Line2D> contour(double level, double side) {
    List<Line2D> pieces = new ArrayList<>();
    for (int row = 0; row + 1 < values.size(); row++) {
      for (int column = 0; column + 1 < values.size(); column++) {
        List<Point2D> crossings = crossings(row, column, level, side);
        for (int i = 0; i + 1 < crossings.size(); i += 2) {
          pieces.add(new Line2D.Double(crossings.get(i), crossings.get(i + 1)));
        }
      }
    }
    return pieces;
  }

  /** Around the cell, so that the two pieces of a saddle do not cross. */
  private List<Point2D> crossings(int row, int column, double level, double side) {
    int[][] corners = {{row, column}, {row, column + 1}, {row + 1, column + 1}, {row + 1, column}};
    List<Point2D> crossings = new ArrayList<>();
    for (int i = 0; i < corners.length; i++) {
      int[] from = corners[i];
      int[] to = corners[(i + 1) % corners.length];
      double start = values.get(from[0]).get(from[1]);
      double end = values.get(to[0]).get(to[1]);
      if (start < level != end < level) {
        double share = (level - start) / (end - start);
        double cells = values.size() - 1;
        double across = (from[1] + share * (to[1] - from[1])) / cells;
        double up = (from[0] + share * (to[0] - from[0])) / cells;
        crossings.add(new Point2D.Double(across * side, (1 - up) * side));
      }
    }
    return crossings;
  }
}
