package dev.sparrow.data.corruption;

/**
 * What a moving camera makes of a point, as ImageMagick's motion blur defines it: half a Gaussian along a line, to whole pixels.
 *
 * @param reach length of the line in pixels
 * @param sigma standard deviation of the Gaussian, in pixels
 * @param degrees direction in which a pixel collects others: 0 is right, 90 is down
 */
record Streak(int reach, double sigma, double degrees) {

  /** The weights from the pixel itself outward, with sum 1. */
  double[] kernel() {
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  Field apply(Field field) {
    double[] weights = kernel();
    int[] down = offsets(weights.length, Math.sin(Math.toRadians(degrees)));
    int[] right = offsets(weights.length, Math.cos(Math.toRadians(degrees)));
    return Field.of(
        field.size(),
        (y, x) -> {
          double sum = 0;
          for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * field.at(y + down[i], x + right[i], Border.NEAREST);
          }
          return sum;
        });
  }

  private static int[] offsets(int count, double slope) {
    int[] offsets = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = (int) Math.ceil(i * slope - 0.5);
    }
    return offsets;
  }
}
