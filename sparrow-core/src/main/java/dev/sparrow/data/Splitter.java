package dev.sparrow.data;

import dev.sparrow.BadInput;
import dev.sparrow.units.Seed;

/**
 * Divides training images into those the weights see and those that choose the best epoch: the last tenth validates. Of CIFAR's 50,000
 * that is the first 45,000 and the last 5,000. Sets sorted by class are first shuffled with a seed that is the same in every run.
 *
 * @param sortedByClass whether a prefix of the files would lack classes
 * @param limitTrain most training images before the division, 0 for all
 * @param limitTest most test images, 0 for all
 */
record Splitter(boolean sortedByClass, int limitTrain, int limitTest) {

  private static final Seed FIXED = new Seed(0);
  private static final int TENTH = 10;

  /** Training and validation images. */
  record TrainAndValidation(ImageSet train, ImageSet validation) {}

  TrainAndValidation divide(ImageSet images) {
    ImageSet mixed = sortedByClass ? shuffled(images, "train-split") : images;
    ImageSet used = limitTrain == 0 ? mixed : mixed.limit(limitTrain);
    if (used.size() < 2) {
      throw BadInput.data("training images", "at least 2, the last tenth validates", used.size(), "--limit-train or the data set");
    }
    int train = used.size() - Math.max(1, used.size() / TENTH);
    return new TrainAndValidation(used.limit(train), used.range(train, used.size()));
  }

  /** The test images: all of them in the order of the files, or a sample. */
  ImageSet test(ImageSet images) {
    if (limitTest == 0 || limitTest >= images.size()) {
      return images;
    }
    return (sortedByClass ? shuffled(images, "test-limit") : images).limit(limitTest);
  }

  private static ImageSet shuffled(ImageSet images, String purpose) {
    return images.subset(new SplitMix(FIXED.derive(purpose)).permutation(images.size()));
  }
}
