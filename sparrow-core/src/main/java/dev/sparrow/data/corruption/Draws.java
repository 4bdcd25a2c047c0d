package dev.sparrow.data.corruption;

import dev.sparrow.data.SplitMix;
import dev.sparrow.units.Seed;

/** The random numbers of one corruption of one image. */
final class Draws {

  /** From here on rejection is cheaper than multiplying uniform numbers. */
  private static final double LARGE_MEAN = 10;

  private final SplitMix random;

  /**
   * A stream that starts at a seed.
   *
   * @param seed derived from the root by kind, severity and image
   */
  public Draws(Seed seed) {
    random = new SplitMix(seed);
  }

  /** Uniform in [low, high). */
  double uniform(double low, double high) {
    return low + (high - low) * random.uniform();
  }

  /** A whole number, uniform in [low, high). */
  int whole(int low, int high) {
    return low + random.below(high - low);
  }

  /** True with the given probability. */
  boolean chance(double probability) {
    return random.uniform() < probability;
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller, 1958; the second number of each pair is not used). */
  double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    return radius * Math.cos(2 * Math.PI * random.uniform());
  }

  /** A Poisson number; {@code mean} is at least 0. */
  int poisson(double mean) {
    return mean < LARGE_MEAN ? poissonByProduct(mean) : poissonByRejection(mean);
  }

  /** Counts factors until their product falls below exp(-mean) (Knuth). */
  private int poissonByProduct(double mean) {
    double bound = Math.exp(-mean);
    int count = 0;
    for (double product = random.uniform(); product > bound; product *= random.uniform()) {
      count++;
    }
    return count;
  }

  /** Transformed rejection with squeeze, PTRS (Hoermann, 1993), with the constants of the paper. */
  private int poissonByRejection(double mean) {
    double b = 0.931 + 2.53 * Math.sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    double accepted = 0.9277 - 3.6224 / (b - 2);
    while (true) {
      double u = random.uniform() - 0.5;
      double v = random.uniform();
      double distance = 0.5 - Math.abs(u);
      int count = (int) Math.floor((2 * a / distance + b) * u + mean + 0.43);
      if (distance >= 0.07 && v <= accepted) {
        return count;
      }
      boolean possible = count >= 0 && (distance >= 0.013 || v <= distance);
      if (possible && Math.log(v * inverseAlpha / (a / (distance * distance) + b)) <= count * Math.log(mean) - mean - logFactorial(count)) {
        return count;
      }
    }
  }

  /** Stirling's series; exact to 1e-9 from 10 on, below as a sum. */
  private static double logFactorial(int n) {
    if (n < 10) {
      double sum = 0;
      for (int k = 2; k <= n; k++) {
        sum += Math.log(k);
      }
      return sum;
    }
    return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1.0 / (12.0 * n) - 1 / (360.0 * n * n * n);
  }
}
