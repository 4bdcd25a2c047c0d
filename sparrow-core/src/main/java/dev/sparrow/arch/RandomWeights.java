package dev.sparrow.arch;

import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Networks as if trained, to measure and compare engines with: sparse weights at random positions, batch norms that scale and shift, and
 * running statistics that are not those of fresh networks. Each tensor is drawn from a stream of its own.
 */
public final class RandomWeights {

  private final Seed seed;

  private RandomWeights(Seed seed) {
    this.seed = seed;
  }

  /**
   * Draws a network.
   *
   * @param blueprint the network
   * @param densities of prunable weights by name; others are dense
   * @param seed root of the streams
   * @return weights uniform with variance 1 / (active weights per output), so that values neither vanish nor grow too large; batch norm
   *     scales in [0.5, 1.5], variances in [0.5, 2], and biases, shifts and means in [-0.2, 0.2]
   */
  public static Weights draw(Blueprint blueprint, Map<String, Density> densities, Seed seed) {
    RandomWeights random = new RandomWeights(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    Weights.needed(blueprint)
        .forEach((name, shape) -> values.put(name, random.tensor(name, shape, densities.getOrDefault(name, Density.DENSE))));
    return new Weights(blueprint, values);
  }

  private float[] tensor(String name, Shape shape, Density density) {
    SplittableRandom random = new SplittableRandom(seed.derive("weights." + name).value());
    int size = Math.toIntExact(shape.size());
    if (shape.rank() > 1) {
      return sparse(random, size, shape.dim(0), Math.toIntExact(density.activeOf(size)));
    } else if (name.endsWith(".running_var")) {
      return uniform(random, size, 0.5, 2);
    }
    return name.endsWith(".weight") ? uniform(random, size, 0.5, 1.5) : uniform(random, size, -0.2, 0.2);
  }

  /** Goes over all positions and takes each with the probability that leaves all sets of the size equally likely. */
  private static float[] sparse(SplittableRandom random, int size, int outputs, int active) {
    double bound = Math.sqrt(3.0 * outputs / active);
    float[] values = new float[size];
    int left = active;
    for (int i = 0; i < size; i++) {
      if (random.nextInt(size - i) < left) {
        values[i] = (float) random.nextDouble(-bound, bound);
        left--;
      }
    }
    return values;
  }

  private static float[] uniform(SplittableRandom random, int size, double low, double high) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }
}
