package dev.sparrow.data;

import java.util.List;

/** What tells CIFAR-10 from CIFAR-100 on disk. */
enum CifarVariant {
  /** A label per image; five training files. */
  CIFAR10(
      DatasetName.CIFAR10,
      List.of(10),
      new Layout("cifar-10-batches-bin", "data_batch_[1-9].bin", "test_batch.bin", "batches.meta.txt"),
      new Layout("cifar-10-batches-py", "data_batch_[1-9]", "test_batch", "batches.meta")),
  /** A coarse label (ignored) and a fine one; one training file. */
  CIFAR100(
      DatasetName.CIFAR100,
      List.of(20, 100),
      new Layout("cifar-100-binary", "train.bin", "test.bin", "fine_label_names.txt"),
      new Layout("cifar-100-python", "train", "test", "meta"));

  /** Height and width. */
  static final int IMAGE_SIZE = 32;

  /** Bytes of an image. */
  static final int IMAGE_LENGTH = ImageSet.CHANNELS * IMAGE_SIZE * IMAGE_SIZE;

  /**
   * The files of one of the two official archives.
   *
   * @param folder its top folder
   * @param train glob of the names of the training files
   * @param test name of the test file
   * @param names name of the file with the class names
   */
  record Layout(String folder, String train, String test, String names) {}

  private final DatasetName dataset;
  private final List<Integer> labelCounts;
  private final Layout binary;
  private final Layout python;

  CifarVariant(DatasetName dataset, List<Integer> labelCounts, Layout binary, Layout python) {
    this.dataset = dataset;
    this.labelCounts = labelCounts;
    this.binary = binary;
    this.python = python;
  }

  /** Its public name. */
  DatasetName dataset() {
    return dataset;
  }

  /** How many values each label byte of a record may take; the last one is the class. */
  List<Integer> labelCounts() {
    return labelCounts;
  }

  /** The number of classes. */
  int numClasses() {
    return labelCounts.get(labelCounts.size() - 1);
  }

  /** The binary archive. */
  Layout binary() {
    return binary;
  }

  /** The python archive. */
  Layout python() {
    return python;
  }
}
