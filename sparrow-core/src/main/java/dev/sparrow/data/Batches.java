package dev.sparrow.data;

import dev.sparrow.units.Seed;
import org.apiguardian.api.API;

/** The batches of one epoch as a pure function of their position, callable from many threads at once. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Batches {

  /** No batches. */
  Batches NONE =
      new Batches() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public Batch get(int index) {
          throw new IndexOutOfBoundsException(index);
        }
      };

  /**
   * The number of batches; the last one may be smaller and is kept.
   *
   * @return at least 0
   */
  int count();

  /**
   * Makes a batch.
   *
   * @param index in [0, {@link #count()})
   * @return a fresh batch, owned by the caller
   */
  Batch get(int index);

  /**
   * A training epoch: shuffled (Fisher and Yates) and augmented.
   *
   * @param images the training set
   * @param augmentation its variation
   * @param batchSize at least 1
   * @param seed root seed of the run
   * @param epoch from 0
   * @return its batches
   */
  static Batches training(ImageSet images, Augmentation augmentation, int batchSize, Seed seed, long epoch) {
    int[] order = new SplitMix(seed.derive("order", epoch)).permutation(images.size());
    return new ArrangedBatches(images, batchSize, position -> order[position], index -> augmentation.draw(seed, epoch, index));
  }

  /**
   * An evaluation pass: all images in their order, as they are.
   *
   * @param images any set
   * @param batchSize at least 1
   * @return its batches
   */
  static Batches evaluation(ImageSet images, int batchSize) {
    return new ArrangedBatches(images, batchSize, position -> position, index -> Transform.IDENTITY);
  }
}
