package dev.sparrow.analysis;

import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;

/**
 * Some of the images of other batches, in full batches again but for the last.
 *
 * @param images all images
 * @param batchSize images in every batch of theirs but the last, and here
 * @param positions of the chosen images among all, ascending
 */
record StandingBatches(Batches images, int batchSize, int... positions) implements Batches {

  @Override
  public int count() {
    return (positions.length + batchSize - 1) / batchSize;
  }

  @Override
  public Batch get(int index) {
    int start = index * batchSize;
    int size = Math.min(batchSize, positions.length - start);
    Batch source = images.get(positions[start] / batchSize);
    int length = source.images().length / source.size();
    float[] pixels = new float[size * length];
    long[] labels = new long[size];
    for (int i = 0; i < size; i++) {
      int position = positions[start + i];
      if (position / batchSize != source.index()) {
        source = images.get(position / batchSize);
      }
      System.arraycopy(source.images(), position % batchSize * length, pixels, i * length, length);
      labels[i] = source.labels()[position % batchSize];
    }
    return new Batch(index, source.imageSize(), pixels, labels);
  }
}
