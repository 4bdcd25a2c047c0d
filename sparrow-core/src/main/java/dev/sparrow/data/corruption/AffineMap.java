package dev.sparrow.data.corruption;

/**
 * An affine map of the plane, from the place of a pixel in the warped image to where its value comes from.
 *
 * @param horizontal the x coordinate of the source
 * @param vertical its y coordinate
 */
record AffineMap(Row horizontal, Row vertical) {

  /**
   * A linear function of a place.
   *
   * @param ofX coefficient of x
   * @param ofY coefficient of y
   * @param constant the value at the origin
   */
  record Row(double ofX, double ofY, double constant) {

    double at(double y, double x) {
      return ofX * x + ofY * y + constant;
    }
  }

  /**
   * The inverse of a map that moves three points, the upper left, upper right and lower right corner of a square in the middle of the
   * image, independently and at most so far in each direction.
   *
   * @param size of the image
   * @param most largest move of a coordinate, in pixels
   * @param draws the moves
   * @return the map
   */
  static AffineMap draw(int size, double most, Draws draws) {
    double middle = size / 2;
    double reach = size / 3;
    double[] x = {middle + reach, middle + reach, middle - reach};
    double[] y = {middle + reach, middle - reach, middle - reach};
    double[] movedX = new double[x.length];
    double[] movedY = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      movedX[i] = x[i] + draws.uniform(-most, most);
      movedY[i] = y[i] + draws.uniform(-most, most);
    }
    return new AffineMap(through(movedX, movedY, x), through(movedX, movedY, y));
  }

  /** The linear function that has three values at three points, by Cramer's rule; constant where the points lie on one line. */
  static Row through(double[] x, double[] y, double[] values) {
    double x1 = x[1] - x[0];
    double y1 = y[1] - y[0];
    double x2 = x[2] - x[0];
    double y2 = y[2] - y[0];
    double v1 = values[1] - values[0];
    double v2 = values[2] - values[0];
    double area = x1 * y2 - x2 * y1;
    double ofX = area == 0 ? 0 : (v1 * y2 - v2 * y1) / area;
    double ofY = area == 0 ? 0 : (x1 * v2 - x2 * v1) / area;
    return new Row(ofX, ofY, values[0] - ofX * x[0] - ofY * y[0]);
  }

  Field warped(Field field) {
    return Field.of(field.size(), (y, x) -> field.between(vertical.at(y, x), horizontal.at(y, x), Border.MIRROR_INSIDE));
  }
}
