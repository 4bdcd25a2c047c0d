package dev.sparrow.analysis;

import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.testing.LinearClassifier;
import java.util.Arrays;

/** Grey images of 4x4 pixels, and a classifier that puts those darker than 0.5 into class 0: its distances are those from 0.5. */
final class SumClassifier {

  static final int SIZE = 4;

  private static final int LENGTH = 3 * SIZE * SIZE;

  private SumClassifier() {}

  static LinearClassifier create() {
    float[] ones = new float[LENGTH];
    Arrays.fill(ones, 1);
    return new LinearClassifier(SIZE, new float[][] {new float[LENGTH], ones}, new float[] {LENGTH / 2f, 0});
  }

  /** Images of class 0, two to a batch. */
  static Batches greys(double... levels) {
    return new Batches() {
      @Override
      public int count() {
        return (levels.length + 1) / 2;
      }

      @Override
      public Batch get(int index) {
        int size = Math.min(2, levels.length - 2 * index);
        float[] pixels = new float[size * LENGTH];
        for (int i = 0; i < size; i++) {
          Arrays.fill(pixels, i * LENGTH, (i + 1) * LENGTH, (float) levels[2 * index + i]);
        }
        return new Batch(index, SIZE, pixels, new long[size]);
      }
    };
  }
}
