package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.List;

/** One of the two formats in which CIFAR is published. */
interface CifarFormat {

  /** Which of the two sets. */
  CifarVariant variant();

  /** The files of the archive. */
  CifarVariant.Layout layout();

  /**
   * Reads a file of images.
   *
   * @throws BadInput if it is missing, truncated or corrupt; names the file
   */
  List<LabelledImage> images(DataFile file);

  /**
   * Reads the file of class names.
   *
   * @throws BadInput if it is missing or corrupt; names the file
   */
  List<String> classNames(DataFile file);

  /** A label if it is in range, else the error that names its record. */
  default int label(long label, int classes, DataFile file, int record) {
    if (label < 0 || label >= classes) {
      throw BadInput.data("label", "0 to " + (classes - 1), label, file.where() + ", record " + record);
    }
    return (int) label;
  }

  /** The class names if they are complete, else the error. */
  default List<String> complete(List<String> names, DataFile file) {
    if (names.size() != variant().numClasses()) {
      throw BadInput.data("class names", variant().numClasses(), names.size(), file.where());
    }
    return names;
  }
}
