package dev.sparrow.kernel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A small network with random parameters, running statistics and masks, the same for every engine.
 *
 * @param blueprint what it computes
 * @param standardization what it does to its input
 * @param tensors by name, weights zero where they are not active
 * @param masks by name of the weight
 */
record ToyNetwork(Blueprint blueprint, Standardization standardization, Map<String, float[]> tensors, Map<String, boolean[]> masks) {

  static final int CLASSES = 7;

  static ToyNetwork of(Arch arch, int width, int imageSize, double density, long seed) {
    return of(Blueprints.create(new NetworkConfig(arch, width, 10, 2), CLASSES, imageSize, new Density(0.2)), density, seed);
  }

  static ToyNetwork of(Blueprint blueprint, double density, long seed) {
    Random random = new Random(seed);
    int channels = blueprint.input().dim(0);
    float[] mean = new float[channels];
    float[] deviation = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = 0.4f + 0.02f * c;
      deviation[c] = 0.2f + 0.01f * c;
    }
    Map<String, float[]> tensors = new LinkedHashMap<>();
    Map<String, boolean[]> masks = new LinkedHashMap<>();
    blueprint.prunable().forEach((name, shape) -> masks.put(name, mask(shape, density, random)));
    blueprint.tensors().forEach((name, shape) -> tensors.put(name, values(name, shape, density, random)));
    masks.forEach((name, mask) -> {
      for (int i = 0; i < mask.length; i++) {
        if (!mask[i]) {
          tensors.get(name)[i] = 0;
        }
      }
    });
    return new ToyNetwork(blueprint, new Standardization(mean, deviation), tensors, masks);
  }

  private static boolean[] mask(Shape shape, double density, Random random) {
    boolean[] mask = new boolean[(int) shape.size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < density;
    }
    return mask;
  }

  /**
   * Weights that keep the size of what passes them, batch norms unlike one another, running statistics that fit no batch. Shifts are large
   * against scales: otherwise some rectifier of a hundred thousand is so near its kink that it decides otherwise in float32 than in
   * float64, and gradients differ by what passes it.
   */
  private static float[] values(String name, Shape shape, double density, Random random) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      double value;
      if (shape.rank() > 1) {
        value = random.nextGaussian() / Math.sqrt(density * shape.size() / shape.dim(0));
      } else if (name.endsWith(".weight")) {
        value = 0.3 + 0.3 * random.nextDouble();
      } else if (name.endsWith(".bias")) {
        value = (random.nextBoolean() ? 1 : -1) * (0.8 + 0.4 * random.nextDouble());
      } else {
        value = name.endsWith("running_var") ? 0.5 + random.nextDouble() : 0.2 * random.nextGaussian();
      }
      values[i] = (float) value;
    }
    return values;
  }

  float[] values(String name) {
    return tensors.get(name);
  }

  /** The network in the sparse engine, closed by the caller. */
  SparseNetwork open(WordFormat format, int threads, KernelChoice kernels) {
    SparseNetwork network = new SparseNetwork(blueprint, standardization, new EngineSettings(format, threads, kernels));
    masks.forEach(network::activate);
    load(network);
    return network;
  }

  /** Loads all tensors. */
  void load(SparseNetwork network) {
    tensors.forEach((name, values) -> {
      if (!name.endsWith("num_batches_tracked")) {
        network.load(name, values);
      }
    });
  }

  float[] images(int count, long seed) {
    Random random = new Random(seed);
    float[] images = new float[count * (int) blueprint.input().size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat();
    }
    return images;
  }

  float[] logitGradient(int count, long seed) {
    Random random = new Random(seed);
    float[] gradient = new float[count * blueprint.numClasses()];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = random.nextFloat() - 0.5f;
    }
    return gradient;
  }
}
