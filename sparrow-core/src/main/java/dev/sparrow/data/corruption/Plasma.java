package dev.sparrow.data.corruption;

/**
 * A fractal landscape by the diamond-square algorithm (Fournier, Fussell and Carpenter, 1982), on a torus whose side is a power of two.
 * Each new point is the mean of the four around it and a random shift, whose bound shrinks from scale to scale.
 */
final class Plasma {

  /** Of the first shifts; only ratios play a part, as the result is scaled to [0, 1]. */
  private static final double WIBBLE = 100;

  private final int size;
  private final int side;
  private final double[] heights;
  private final Draws draws;

  /**
   * A landscape that is still flat.
   *
   * @param size of what is cut out of its corner
   * @param draws the random shifts
   */
  Plasma(int size, Draws draws) {
    this.size = size;
    this.side = Math.max(2, Integer.highestOneBit(2 * size - 1));
    this.heights = new double[side * side];
    this.draws = draws;
  }

  /**
   * Raises it.
   *
   * @param decay what the scale of the shifts is divided by at each halving; larger is smoother
   * @return heights in [0, 1]; 0 and 1 occur in the whole landscape
   */
  Field field(double decay) {
    double wibble = WIBBLE;
    for (int step = side; step >= 2; step /= 2) {
      double bound = wibble * wibble; // the published code multiplies a number of that bound by the same number again
      centres(step, bound);
      edges(step, bound);
      wibble /= decay;
    }
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double height : heights) {
      lowest = Math.min(lowest, height);
      highest = Math.max(highest, height);
    }
    double low = lowest;
    double range = highest - lowest;
    return Field.of(size, (y, x) -> (at(y, x) - low) / range);
  }

  private void centres(int step, double bound) {
    int half = step / 2;
    for (int y = 0; y < side; y += step) {
      for (int x = 0; x < side; x += step) {
        put(y + half, x + half, at(y, x) + at(y + step, x) + at(y, x + step) + at(y + step, x + step), bound);
      }
    }
  }

  private void edges(int step, double bound) {
    int half = step / 2;
    for (int y = 0; y < side; y += step) {
      for (int x = 0; x < side; x += step) {
        put(y, x + half, at(y, x) + at(y, x + step) + at(y - half, x + half) + at(y + half, x + half), bound);
        put(y + half, x, at(y, x) + at(y + step, x) + at(y + half, x - half) + at(y + half, x + half), bound);
      }
    }
  }

  private double at(int y, int x) {
    return heights[Math.floorMod(y, side) * side + Math.floorMod(x, side)];
  }

  private void put(int y, int x, double sum, double bound) {
    heights[y * side + x] = sum / 4 + draws.uniform(-bound, bound);
  }
}
