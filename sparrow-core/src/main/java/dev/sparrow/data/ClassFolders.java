package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with one sub-folder per class, which holds the images of the class at any depth. Labels follow the sorted names, as
 * torchvision's {@code ImageFolder} has it, and so weights trained there keep their meaning here.
 *
 * @param folder the folder of a split
 */
record ClassFolders(Path folder) {

  private static final Pattern IMAGE = Pattern.compile(".*\\.(jpe?g|png)", Pattern.CASE_INSENSITIVE);

  /** The first of the named sub-folders that exists. */
  static Optional<Path> firstOf(Path root, String... names) {
    return Stream.of(names).map(root::resolve).filter(Files::isDirectory).findFirst();
  }

  /** The same, or the error that names them all. */
  static Path required(Path root, String... names) {
    return firstOf(root, names).orElseThrow(
        () -> BadInput.data("data set", "a folder " + String.join(" or ", names), "none", root));
  }

  /** The sorted names of the sub-folders, at least one. */
  List<String> names() {
    List<String> names = list(folder, 1, Files::isDirectory).stream().map(Path::getFileName).map(Path::toString).toList();
    if (names.isEmpty()) {
      throw BadInput.data("data set", "a sub-folder of images for each class", "none", folder);
    }
    return names;
  }

  /**
   * The images of all classes, in the order of their names.
   *
   * @param classes the classes of the training images; labels are positions in this list
   * @param decoder makes the pixels
   * @throws BadInput if a sub-folder is no class or is empty
   */
  List<Part> images(List<String> classes, ImageDecoder decoder) {
    List<Part> parts = new ArrayList<>();
    for (String name : names()) {
      int label = classes.indexOf(name);
      if (label < 0) {
        throw BadInput.data("class folder", "one of the " + classes.size() + " training classes", "'" + name + "'", folder);
      }
      List<Path> images = images(name);
      images.forEach(image -> parts.add(decoder.part(DataFile.of(image), label)));
    }
    return parts;
  }

  /** The image files of a class, sorted, at least one. */
  List<Path> images(String name) {
    Path classFolder = folder.resolve(name);
    List<Path> images = list(classFolder, Integer.MAX_VALUE, path -> IMAGE.matcher(path.getFileName().toString()).matches());
    if (images.isEmpty()) {
      throw BadInput.data("class folder", "JPEG or PNG files", "none", classFolder);
    }
    return images;
  }

  private static List<Path> list(Path folder, int depth, Predicate<Path> wanted) {
    try (Stream<Path> paths = Files.walk(folder, depth)) {
      return paths.filter(path -> !path.equals(folder)).filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw BadInput.data("data folder", "a readable folder", e.toString(), folder, e);
    }
  }
}
