package dev.sparrow.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Any data set as folders: {@code train/CLASS/*} and {@code test/CLASS/*} ({@code val} where there is no {@code test}), JPEG or PNG. Images
 * are 32x32 or 64x64, whichever the first training image is nearer to; others are resized.
 */
final class ImageFolder {

  private static final int SMALL = 32;
  private static final int LARGE = 64;

  private ImageFolder() {}

  /** Lists the files. */
  static DatasetFiles find(Path root) {
    ClassFolders train = new ClassFolders(ClassFolders.required(root, "train"));
    ClassFolders test = new ClassFolders(ClassFolders.required(root, "test", "val"));
    List<String> classes = train.names();
    int side = ImageDecoder.shorterSide(DataFile.of(train.images(classes.get(0)).get(0)));
    int size = 2 * side <= SMALL + LARGE ? SMALL : LARGE;
    ImageDecoder decoder = new ImageDecoder(size);
    return new DatasetFiles(size, classes, train.images(classes, decoder), test.images(classes, decoder), true);
  }
}
