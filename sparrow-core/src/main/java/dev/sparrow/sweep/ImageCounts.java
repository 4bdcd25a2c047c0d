package dev.sparrow.sweep;

import dev.sparrow.config.DataConfig;
import dev.sparrow.data.DataSplits;
import dev.sparrow.data.Datasets;
import java.nio.file.Path;

/**
 * What the cost of a run needs to know of its data.
 *
 * @param train images per epoch
 * @param validation images that choose the best epoch
 * @param test images that results are reported on
 * @param imageSize side of the images
 * @param numClasses number of classes
 */
record ImageCounts(int train, int validation, int test, int imageSize, int numClasses) {

  /** Reads the data set, which also shows that it is there. */
  static ImageCounts of(DataConfig config) {
    DataSplits data = Datasets.open(config.dataset(), config.dir().map(Path::of), config.limitTrain(), config.limitTest());
    return new ImageCounts(
        data.train().size(), data.validation().size(), data.test().size(), data.train().imageSize(), data.train().numClasses());
  }
}
