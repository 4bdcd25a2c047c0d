package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Images of a safetensors file: {@code images} float32 [N, 3, H, H] in [0, 1] and, optionally, {@code labels} int64 [N]. */
final class StoredImages implements Batches {

  private static final String IMAGES = "images";
  private static final String LABELS = "labels";
  private static final int CHANNELS = 3;

  private final float[] images;
  private final long[] labels;
  private final boolean labelled;
  private final int imageSize;
  private final int batchSize;

  private StoredImages(float[] images, long[] labels, boolean labelled, int imageSize, int batchSize) {
    this.images = images;
    this.labels = labels;
    this.labelled = labelled;
    this.imageSize = imageSize;
    this.batchSize = batchSize;
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param batchSize images per batch
   * @return the images
   * @throws BadInput if a tensor is missing or not as described above
   * @throws IOException if reading fails
   */
  static StoredImages read(Path file, int batchSize) throws IOException {
    try (SafetensorsFile tensors = Safetensors.read(file)) {
      TensorData data = tensors.get(IMAGES);
      Shape shape = data.shape();
      boolean square = shape.rank() == 4 && shape.dim(0) > 0 && shape.dim(1) == CHANNELS && shape.dim(2) == shape.dim(3);
      if (data.dtype() != DType.F32 || !square) {
        throw BadInput.data(IMAGES, "F32 [N, 3, H, H]", data.dtype() + " " + shape.dims(), file);
      }
      float[] images = new float[Math.toIntExact(shape.size())];
      data.data().asFloatBuffer().get(images);
      for (float pixel : images) {
        if (!(pixel >= 0 && pixel <= 1)) {
          throw BadInput.data("pixels of " + IMAGES, "numbers in [0, 1]", pixel, file);
        }
      }
      boolean labelled = tensors.names().contains(LABELS);
      long[] labels = labelled ? labels(tensors.get(LABELS), shape.dim(0), file) : new long[shape.dim(0)];
      return new StoredImages(images, labels, labelled, shape.dim(2), batchSize);
    }
  }

  private static long[] labels(TensorData data, int count, Path file) {
    if (data.dtype() != DType.I64 || !data.shape().equals(Shape.of(count))) {
      throw BadInput.data(LABELS, "I64 [" + count + "]", data.dtype() + " " + data.shape().dims(), file);
    }
    long[] labels = new long[count];
    data.data().asLongBuffer().get(labels);
    return labels;
  }

  /** Whether the file says what the images show. */
  boolean labelled() {
    return labelled;
  }

  /** Number of images. */
  int size() {
    return labels.length;
  }

  /** Side of the images. */
  int imageSize() {
    return imageSize;
  }

  @Override
  public int count() {
    return (labels.length + batchSize - 1) / batchSize;
  }

  @Override
  public Batch get(int index) {
    int from = index * batchSize;
    int to = Math.min(labels.length, from + batchSize);
    int length = CHANNELS * imageSize * imageSize;
    return new Batch(index, imageSize, Arrays.copyOfRange(images, from * length, to * length), Arrays.copyOfRange(labels, from, to));
  }
}
