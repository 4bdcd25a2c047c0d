package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Batches of a set in some order with some transform.
 *
 * @param images the set
 * @param batchSize images per batch
 * @param order from a position in the epoch to an index in the set
 * @param transforms from an index in the set to what happens to that image
 */
record ArrangedBatches(ImageSet images, int batchSize, IntUnaryOperator order, IntFunction<Transform> transforms) implements Batches {

  ArrangedBatches {
    if (batchSize < 1) {
      throw BadInput.usage("--batch-size", "a whole number of at least 1", batchSize);
    }
  }

  @Override
  public int count() {
    return (images.size() + batchSize - 1) / batchSize;
  }

  @Override
  public Batch get(int index) {
    int start = index * batchSize;
    int size = Math.min(batchSize, images.size() - start);
    int length = images.imageLength();
    float[] pixels = new float[size * length];
    long[] labels = new long[size];
    for (int i = 0; i < size; i++) {
      int image = order.applyAsInt(start + i);
      labels[i] = images.label(image);
      transforms.apply(image).apply(images.sharedPixels(image), images.imageSize(), pixels, i * length);
    }
    return new Batch(index, images.imageSize(), pixels, labels);
  }
}
