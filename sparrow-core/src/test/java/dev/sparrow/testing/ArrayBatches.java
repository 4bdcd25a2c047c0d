package dev.sparrow.testing;

import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import java.util.Arrays;

/** Images in memory as batches, in their order. */
public record ArrayBatches(int imageSize, float[] images, long[] labels, int batchSize) implements Batches {

  @Override
  public int count() {
    return (labels.length + batchSize - 1) / batchSize;
  }

  @Override
  public Batch get(int index) {
    int from = index * batchSize;
    int to = Math.min(labels.length, from + batchSize);
    int length = images.length / labels.length;
    return new Batch(index, imageSize, Arrays.copyOfRange(images, from * length, to * length), Arrays.copyOfRange(labels, from, to));
  }
}
