package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/** Opens data sets by name. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Datasets {

  private Datasets() {}

  /**
   * Reads the bundled sample of CIFAR-10: 2,500 images, enough to try things on.
   *
   * @return all of it
   */
  public static DataSplits sample() {
    return open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 0, 0);
  }

  /**
   * Reads a data set into memory and divides it into training, validation and test images.
   *
   * @param name the data set
   * @param folder where it is, or the folder above the official archive's; empty for the bundled sample
   * @param limitTrain use only so many training images (validation included), 0 for all
   * @param limitTest use only so many test images, 0 for all
   * @return the splits with the data set's published normalisation (an image folder's own, see {@link Normalization#of}) and augmentation
   * @throws BadInput if a file is missing, truncated or corrupt; names the file
   */
  public static DataSplits open(DatasetName name, Optional<Path> folder, int limitTrain, int limitTest) {
    DatasetFiles files = find(name, folder);
    Splitter splitter = new Splitter(files.sortedByClass(), limitTrain, limitTest);
    Splitter.TrainAndValidation division = splitter.divide(files.readTrain());
    return new DataSplits(
        division.train(),
        division.validation(),
        splitter.test(files.readTest()),
        normalization(name, division.train()),
        augmentation(name));
  }

  /** The files of a data set, found but not read. */
  static DatasetFiles find(DatasetName name, Optional<Path> folder) {
    return switch (name) {
      case CIFAR10 -> new CifarFolder(CifarVariant.CIFAR10).find(existing(name, folder));
      case CIFAR100 -> new CifarFolder(CifarVariant.CIFAR100).find(existing(name, folder));
      case TINYIMAGENET -> TinyImageNet.find(existing(name, folder));
      case IMAGEFOLDER -> ImageFolder.find(existing(name, folder));
      case CIFAR10_SAMPLE -> CifarFolder.sample();
    };
  }

  private static Path existing(DatasetName name, Optional<Path> folder) {
    Path given = folder.orElseThrow(() -> BadInput.usage("--data", "the folder of " + name.label(), "nothing"));
    if (!Files.isDirectory(given)) {
      throw BadInput.data("--data", "a folder", Files.exists(given) ? "a file" : "nothing", given);
    }
    return given;
  }

  private static Augmentation augmentation(DatasetName name) {
    return name == DatasetName.CIFAR100 ? Augmentation.CROP_FLIP_AND_ROTATE : Augmentation.CROP_AND_FLIP;
  }

  private static Normalization normalization(DatasetName name, ImageSet train) {
    return switch (name) {
      case CIFAR10, CIFAR10_SAMPLE -> Normalization.CIFAR10;
      case CIFAR100 -> Normalization.CIFAR100;
      case TINYIMAGENET -> Normalization.TINYIMAGENET;
      case IMAGEFOLDER -> Normalization.of(train);
    };
  }
}
