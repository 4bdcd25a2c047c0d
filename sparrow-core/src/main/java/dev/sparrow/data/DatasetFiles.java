package dev.sparrow.data;

import java.util.List;

/**
 * A data set on disk whose files are known but not read.
 *
 * @param imageSize height and width of every image
 * @param classNames in the order of the labels
 * @param train files of the training images
 * @param test files of the test images
 * @param sortedByClass whether neighbours share their class, so that a prefix would be no fair sample
 */
record DatasetFiles(int imageSize, List<String> classNames, List<Part> train, List<Part> test, boolean sortedByClass) {

  DatasetFiles {
    classNames = List.copyOf(classNames);
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** Reads the training images, in the order of the files. */
  ImageSet readTrain() {
    return read(train);
  }

  /** Reads the test images, in the order of the files. */
  ImageSet readTest() {
    return read(test);
  }

  private ImageSet read(List<Part> parts) {
    List<LabelledImage> images = ParallelReading.inOrder(parts, Part::read).stream().flatMap(List::stream).toList();
    byte[][] pixels = images.stream().map(LabelledImage::pixels).toArray(byte[][]::new);
    int[] labels = images.stream().mapToInt(LabelledImage::label).toArray();
    return ImageSet.of(imageSize, classNames, pixels, labels);
  }
}
