package dev.sparrow.analysis;

import java.util.stream.IntStream;

/**
 * How much each place of an image matters to a network. Only proportions mean something; a map of zeros tells no place from another and
 * counts as a uniform one.
 */
public final class ImportanceMap {

  private final int height;
  private final int width;
  private final float[] values;

  /**
   * A map.
   *
   * @param height number of rows
   * @param width number of columns
   * @param values row-major, finite and not negative
   */
  public ImportanceMap(int height, int width, float[] values) {
    if (values.length != height * width) {
      throw new IllegalArgumentException("values: expected " + height * width + ", got " + values.length);
    }
    this.height = height;
    this.width = width;
    this.values = values.clone();
  }

  /** A place of an image, in fractions of its sides: row and column, (0, 0) at the upper left, (1, 1) at the lower right. */
  public record Place(double row, double column) {

    /**
     * The distance to another place.
     *
     * @param other the other place
     * @return Euclidean, in sides of the image
     */
    public double distance(Place other) {
      return Math.hypot(row - other.row, column - other.column);
    }
  }

  /**
   * The importance of each place.
   *
   * @return row-major copy
   */
  public float[] values() {
    return values.clone();
  }

  /**
   * The map for display.
   *
   * @return row-major copy, divided by the largest value; zeros stay zeros
   */
  public float[] scaled() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length && largest > 0; i++) {
      scaled[i] = values[i] / largest;
    }
    return scaled;
  }

  /**
   * Resizes by bilinear interpolation between the centres of the places; beyond the outermost centres the map is constant.
   *
   * @param side number of rows and columns wanted
   * @return a square map
   */
  public ImportanceMap resized(int side) {
    float[] resized = new float[side * side];
    for (int row = 0; row < side; row++) {
      double y = source(row, side, height);
      int top = Math.min((int) y, Math.max(0, height - 2));
      for (int column = 0; column < side; column++) {
        double x = source(column, side, width);
        int left = Math.min((int) x, Math.max(0, width - 2));
        double upper = between(at(top, left), at(top, left + 1), x - left);
        double lower = between(at(top + 1, left), at(top + 1, left + 1), x - left);
        resized[row * side + column] = (float) between(upper, lower, y - top);
      }
    }
    return new ImportanceMap(side, side, resized);
  }

  /** Where the centre of a place of the resized map lies, in places of this one. */
  private static double source(int index, int side, int length) {
    return Math.min(length - 1.0, Math.max(0, (index + 0.5) * length / side - 0.5));
  }

  private double at(int row, int column) {
    return values[Math.min(height - 1, row) * width + Math.min(width - 1, column)];
  }

  private static double between(double from, double to, double share) {
    return from + share * (to - from);
  }

  /**
   * The centre of mass.
   *
   * @return its place; the middle of the image for a map of zeros
   */
  public Place centre() {
    double[] shares = shares();
    double row = 0;
    double column = 0;
    for (int i = 0; i < shares.length; i++) {
      row += shares[i] * (i / width + 0.5) / height;
      column += shares[i] * (i % width + 0.5) / width;
    }
    return new Place(row, column);
  }

  /**
   * How much of two maps' importance lies in the same places: the sum of the smaller of both shares.
   *
   * @param other a map of the same size
   * @return in [0, 1]; 1 for proportional maps, 0 for maps that share no place
   */
  public double overlap(ImportanceMap other) {
    if (other.height != height || other.width != width) {
      throw new IllegalArgumentException("map: expected " + height + "x" + width + ", got " + other.height + "x" + other.width);
    }
    double[] these = shares();
    double[] those = other.shares();
    return IntStream.range(0, these.length).mapToDouble(i -> Math.min(these[i], those[i])).sum();
  }

  private double[] shares() {
    double sum = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    return IntStream.range(0, values.length).mapToDouble(i -> sum > 0 ? values[i] / sum : 1.0 / values.length).toArray();
  }
}
