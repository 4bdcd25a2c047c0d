package dev.sparrow.eval;

import dev.sparrow.data.Batch;
import dev.sparrow.data.BatchLoader;
import dev.sparrow.data.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Hands out the images that an attack meets, those that stand before it, in their order and in batches of any size. */
final class ImageQueue implements AutoCloseable {

  private final BatchLoader loader;
  private final Outcomes outcomes;
  private final int stage;
  private Optional<Batch> batch = Optional.empty();
  private int batchStart;
  private int batchEnd;
  private int position;

  /**
   * Opens the queue.
   *
   * @param images all images
   * @param outcomes which of them stand
   * @param stage the attack's, at least 1
   * @param position first image to look at, above 0 to go on
   */
  ImageQueue(Batches images, Outcomes outcomes, int stage, int position) {
    this.loader = new BatchLoader(images, 0, 1);
    this.outcomes = outcomes;
    this.stage = stage;
    this.position = position;
  }

  /** The first image that was not looked at yet. */
  int position() {
    return position;
  }

  /**
   * The next images that stand.
   *
   * @param count how many at most
   * @return fewer, or none, when there are no more
   */
  Images next(int count) {
    List<float[]> pixels = new ArrayList<>();
    long[] ids = new long[count];
    while (pixels.size() < count && position < outcomes.size()) {
      if (outcomes.stands(position, stage - 1)) {
        ids[pixels.size()] = position;
        pixels.add(pixels(position));
      }
      position++;
    }
    return new Images(Arrays.copyOf(ids, pixels.size()), pixels);
  }

  private float[] pixels(int image) {
    while (image >= batchEnd) {
      Batch next = loader.next();
      batch = Optional.of(next);
      batchStart = batchEnd;
      batchEnd += next.size();
    }
    Batch current = batch.orElseThrow();
    int length = current.images().length / current.size();
    int from = (image - batchStart) * length;
    return Arrays.copyOfRange(current.images(), from, from + length);
  }

  /**
   * Some of the images.
   *
   * @param ids their positions
   * @param pixels of each, [3 * S * S]
   */
  record Images(long[] ids, List<float[]> pixels) {

    /** How many. */
    int size() {
      return ids.length;
    }

    /** All pixels, [N, 3, S, S] row-major. */
    float[] flat() {
      int length = pixels.get(0).length;
      float[] flat = new float[size() * length];
      for (int i = 0; i < size(); i++) {
        System.arraycopy(pixels.get(i), 0, flat, i * length, length);
      }
      return flat;
    }
  }

  @Override
  public void close() {
    loader.close();
  }
}
