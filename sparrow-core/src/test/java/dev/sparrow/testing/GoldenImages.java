package dev.sparrow.testing;

import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import java.util.Arrays;

/**
 * The golden images and labels of seed 1 as batches.
 *
 * @param count number of batches
 * @param batchSize images of each
 * @param imageSize side of the images
 * @param classes number of labels
 */
public record GoldenImages(int count, int batchSize, int imageSize, int classes) implements Batches {

  private static final int SEED = 1;

  @Override
  public Batch get(int index) {
    int pixels = batchSize * 3 * imageSize * imageSize;
    float[] images = Golden.images(SEED, count * batchSize, imageSize);
    long[] labels = Golden.labels(SEED, count * batchSize, classes);
    return new Batch(
        index,
        imageSize,
        Arrays.copyOfRange(images, index * pixels, (index + 1) * pixels),
        Arrays.copyOfRange(labels, index * batchSize, (index + 1) * batchSize));
  }
}
