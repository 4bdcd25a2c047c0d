package dev.sparrow.inference;

import dev.sparrow.BadInput;
import dev.sparrow.units.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Times engines that compute the same network. They take turns, so that a machine which slows down for a while slows all of them, with a
 * rest before each turn: the threads of some libraries keep their processors busy for a moment after they have worked.
 *
 * @param batch images per pass, at least 1
 * @param repetitions passes of each engine that count, at least 1
 * @param warmUpSeconds how long each engine classifies before, at least once; a Java machine compiles meanwhile
 */
public record InferenceBenchmark(int batch, int repetitions, double warmUpSeconds) {

  private static final int REST_MILLIS = 20;

  /** Checks the ranges. */
  public InferenceBenchmark {
    if (batch < 1) {
      throw BadInput.usage("--batch", "a whole number of at least 1", batch);
    }
    if (repetitions < 1) {
      throw BadInput.usage("--repetitions", "a whole number of at least 1", repetitions);
    }
    if (!(warmUpSeconds >= 0 && warmUpSeconds < Double.POSITIVE_INFINITY)) {
      throw BadInput.usage("--warm-up", "a number of at least 0", warmUpSeconds);
    }
  }

  /**
   * What an engine did.
   *
   * @param secondsPerBatch median
   * @param logits of the batch, [batch, K]
   */
  public record Timing(double secondsPerBatch, float[] logits) {

    /**
     * How far another engine's logits are from these.
     *
     * @param other the other engine's
     * @return the largest difference in units of the largest of these logits; NaN if a logit is
     */
    public double difference(Timing other) {
      double difference = 0;
      double largest = 0;
      for (int i = 0; i < logits.length; i++) {
        difference = Math.max(difference, Math.abs((double) logits[i] - other.logits[i]));
        largest = Math.max(largest, Math.abs(logits[i]));
      }
      return difference / largest;
    }
  }

  /**
   * Runs the engines.
   *
   * @param engines all of one network
   * @param imageSize side of its images
   * @return one timing per engine
   */
  public List<Timing> run(List<InferenceEngine> engines, int imageSize) {
    float[] images = images(imageSize);
    engines.forEach(engine -> warmUp(engine, images));
    double[][] seconds = new double[engines.size()][repetitions];
    float[][] logits = new float[engines.size()][];
    for (int i = 0; i < repetitions; i++) {
      for (int k = 0; k < engines.size(); k++) {
        rest();
        long start = System.nanoTime();
        logits[k] = engines.get(k).logits(images, batch);
        seconds[k][i] = (System.nanoTime() - start) / 1e9;
      }
    }
    List<Timing> timings = new ArrayList<>();
    for (int k = 0; k < engines.size(); k++) {
      timings.add(new Timing(Median.of(seconds[k]), logits[k]));
    }
    return timings;
  }

  private float[] images(int imageSize) {
    SplittableRandom random = new SplittableRandom(0);
    float[] images = new float[Math.multiplyExact(batch, 3 * imageSize * imageSize)];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextInt(256) / 255f;
    }
    return images;
  }

  private void warmUp(InferenceEngine engine, float[] images) {
    long start = System.nanoTime();
    do {
      engine.logits(images, batch);
    } while ((System.nanoTime() - start) / 1e9 < warmUpSeconds);
  }

  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // and go on: an interrupted benchmark is ended by its caller
    }
  }
}
