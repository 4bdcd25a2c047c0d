package dev.sparrow.cli;

import dev.sparrow.data.DataSplits;
import dev.sparrow.data.DatasetName;
import dev.sparrow.data.Normalization;

/**
 * What a network for some images must know.
 *
 * @param numClasses number of classes
 * @param imageSize side of the images
 * @param normalization published or measured for such images
 */
record ImageFacts(int numClasses, int imageSize, Normalization normalization) {

  /**
   * The facts of a data set that was read.
   *
   * @param data the data set
   * @return its facts
   */
  static ImageFacts of(DataSplits data) {
    return new ImageFacts(data.test().numClasses(), data.test().imageSize(), data.normalization());
  }

  /**
   * The facts of images that are like a data set's, without reading that.
   *
   * @param like the data set that the network was made for
   * @param imageSize side of the images
   * @return the facts; an image folder has none of its own and counts as CIFAR-10
   */
  static ImageFacts of(DatasetName like, int imageSize) {
    return switch (like) {
      case CIFAR100 -> new ImageFacts(100, imageSize, Normalization.CIFAR100);
      case TINYIMAGENET -> new ImageFacts(200, imageSize, Normalization.TINYIMAGENET);
      case CIFAR10, CIFAR10_SAMPLE, IMAGEFOLDER -> new ImageFacts(10, imageSize, Normalization.CIFAR10);
    };
  }
}
