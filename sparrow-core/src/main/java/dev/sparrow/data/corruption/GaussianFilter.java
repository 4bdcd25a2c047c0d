package dev.sparrow.data.corruption;

/**
 * A Gaussian blur, one direction after the other.
 *
 * @param sigma standard deviation in pixels; 0 leaves everything as it is
 * @param reach how many pixels the kernel looks each way
 * @param border what lies beyond the edge
 */
record GaussianFilter(double sigma, int reach, Border border) {

  /** A kernel that is cut off at so many standard deviations. */
  static GaussianFilter truncated(double sigma, double deviations, Border border) {
    return new GaussianFilter(sigma, (int) (sigma * deviations + 0.5), border);
  }

  /** The weights from the left end to the right, with sum 1. */
  double[] kernel() {
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      weights[i + reach] = i == 0 ? 1 : Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i + reach];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  Field apply(Field field) {
    if (reach == 0) {
      return field;
    }
    double[] weights = kernel();
    Field across = Field.of(field.size(), (y, x) -> sum(weights, i -> field.at(y, x + i, border)));
    return Field.of(field.size(), (y, x) -> sum(weights, i -> across.at(y + i, x, border)));
  }

  private interface Neighbour {
    double at(int distance);
  }

  private double sum(double[] weights, Neighbour neighbour) {
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      sum += weights[i + reach] * neighbour.at(i);
    }
    return sum;
  }
}
