package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens data sets by name. */
public final class Datasets {

  private Datasets() {}

  /**
   * Reads a data set into memory and divides it into training, validation and test images.
   *
   * @param name the data set
   * @param folder where it is, or the folder above the official archive's; empty for the bundled sample
   * @param limitTrain use only so many training images (validation included), 0 for all
   * @param limitTest use only so many test images, 0 for all
   * @return the splits with the data set's normalisation and augmentation
   * @throws BadInput if a file is missing, truncated or corrupt; names the file
   */
  public static DataSplits open(DatasetName name, Optional<Path> folder, int limitTrain, int limitTest) {
    DatasetFiles files = find(name, folder);
    Splitter splitter = new Splitter(files.sortedByClass(), limitTrain, limitTest);
    Splitter.TrainAndValidation division = splitter.divide(files.readTrain());
    return new DataSplits(
        division.train(), division.validation(), splitter.test(files.readTest()), normalization(name), augmentation(name));
  }

  /** The files of a data set, found but not read. */
  static DatasetFiles find(DatasetName name, Optional<Path> folder) {
    if (name == DatasetName.CIFAR10_SAMPLE) {
      return CifarFolder.sample();
    }
    Path existing = folder.orElseThrow(() -> BadInput.usage("--data", "the folder of " + name.label(), "nothing"));
    if (!Files.isDirectory(existing)) {
      throw BadInput.data("--data", "a folder", Files.exists(existing) ? "a file" : "nothing", existing);
    }
    return switch (name) {
      case CIFAR10 -> new CifarFolder(CifarVariant.CIFAR10).find(existing);
      case CIFAR100 -> new CifarFolder(CifarVariant.CIFAR100).find(existing);
      case TINYIMAGENET, IMAGEFOLDER, CIFAR10_SAMPLE -> throw new IllegalStateException(name.label());
    };
  }

  private static Augmentation augmentation(DatasetName name) {
    return name == DatasetName.CIFAR100 ? Augmentation.CROP_FLIP_AND_ROTATE : Augmentation.CROP_AND_FLIP;
  }

  private static Normalization normalization(DatasetName name) {
    return switch (name) {
      case CIFAR10, CIFAR10_SAMPLE -> Normalization.CIFAR10;
      case CIFAR100 -> Normalization.CIFAR100;
      case TINYIMAGENET -> Normalization.TINYIMAGENET;
      case IMAGEFOLDER -> Normalization.NONE;
    };
  }
}
