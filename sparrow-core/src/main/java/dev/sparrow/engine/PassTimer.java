package dev.sparrow.engine;

import dev.sparrow.model.Mode;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.TensorScope;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Times passes of one engine against those of another, in turn, so that a machine which slows down for a while slows both. Leaves running
 * statistics alone and draws nothing at random.
 *
 * @param images a batch like those that are coming
 * @param recording NONE or INPUT
 * @param mode TRAIN_FROZEN or EVAL
 */
record PassTimer(Tensor images, Recording recording, Mode mode) {

  /** Pairs of passes that count. */
  private static final int ROUNDS = 3;

  /** The virtual machine compiles the kernels while they run, which takes a second or so whatever the passes take. */
  private static final double WARMING_SECONDS = 1;

  private static final int LEAST_PASSES = 2;
  private static final int MOST_PASSES = 100;

  /** A pass that is not faster than so much of the fastest before it ends the warming. */
  private static final double FASTER = 0.95;

  /**
   * What was measured.
   *
   * @param seconds of a pass, median
   * @param referenceSeconds of a pass of the other engine, median
   * @param ratio of the one to the other within a pair, median
   */
  record Comparison(double seconds, double referenceSeconds, double ratio) {}

  /** Warms both up and times them. */
  Comparison compare(PlacedEngine candidate, PlacedEngine reference) {
    seconds(reference);
    warmUp(candidate);
    double[] seconds = new double[ROUNDS];
    double[] references = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      references[i] = seconds(reference);
      seconds[i] = seconds(candidate);
      ratios[i] = seconds[i] / references[i];
    }
    return new Comparison(median(seconds), median(references), median(ratios));
  }

  private void warmUp(PlacedEngine candidate) {
    double fastest = Double.MAX_VALUE;
    double warming = 0;
    boolean faster = true;
    for (int passes = 0; passes < LEAST_PASSES || passes < MOST_PASSES && (faster || warming < WARMING_SECONDS); passes++) {
      double seconds = seconds(candidate);
      faster = seconds < FASTER * fastest;
      fastest = Math.min(fastest, seconds);
      warming += seconds;
    }
  }

  private double seconds(PlacedEngine engine) {
    long start = System.nanoTime();
    try (TensorScope scope = TensorScope.open();
        Pass pass = engine.forward(images, recording, mode)) {
      if (recording == Recording.INPUT) {
        pass.inputGradient(pass.logits());
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
