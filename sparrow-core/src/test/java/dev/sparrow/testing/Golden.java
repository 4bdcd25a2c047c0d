package dev.sparrow.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Numbers computed by the published reference code and by AutoAttack, and the formula by which their inputs are rebuilt. */
public final class Golden {

  private Golden() {}

  /** {@code reference.json}: networks, quotas, topology updates, PGD, early bird, scores. */
  public static JsonNode reference() {
    return read("reference.json");
  }

  /** {@code autoattack.json}: deterministic parts of AutoAttack. */
  public static JsonNode autoAttack() {
    return read("autoattack.json");
  }

  /** The i-th number of a stream, uniform in [0, 1). */
  public static double uniform(long stream, long i) {
    long z = (stream << 32) + i;
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z = z ^ (z >>> 31);
    return (z >>> 11) / (double) (1L << 53);
  }

  /** Values of the parameter with index k: weights of rank 2 and more by fan-in, batch-norm weights around 1, biases around 0. */
  public static float[] parameter(long seed, int k, String name, int... shape) {
    int size = 1;
    for (int dim : shape) {
      size *= dim;
    }
    float[] values = new float[size];
    long stream = seed * 10000 + k;
    double scale = Math.sqrt(6.0 / (size / shape[0]));
    for (int i = 0; i < size; i++) {
      double u = uniform(stream, i);
      if (shape.length >= 2) {
        values[i] = (float) ((2 * u - 1) * scale);
      } else if (name.endsWith("weight")) {
        values[i] = (float) (1 + 0.2 * (u - 0.5));
      } else {
        values[i] = (float) (0.2 * (u - 0.5));
      }
    }
    return values;
  }

  /** Images [n, 3, size, size] with values k/255, row-major. */
  public static float[] images(long seed, int n, int size) {
    float[] images = new float[n * 3 * size * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (Math.floor(256 * uniform(900000000L + seed, i)) / 255);
    }
    return images;
  }

  /** Labels [n]. */
  public static long[] labels(long seed, int n, int classes) {
    long[] labels = new long[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (long) (uniform(910000000L + seed, i) * classes);
    }
    return labels;
  }

  private static JsonNode read(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
