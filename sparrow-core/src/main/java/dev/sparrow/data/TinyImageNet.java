package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tiny-ImageNet: 200 classes, 64x64. Either the original layout ({@code train/WNID/images/*.JPEG}, {@code val/images/*.JPEG} with their
 * classes in {@code val/val_annotations.txt}, {@code wnids.txt}, {@code words.txt}), or class folders below {@code training} and
 * {@code validation}. Its validation folder is the test set here, since the official test images have no labels. Labels follow the sorted
 * WordNet ids in both layouts.
 */
final class TinyImageNet {

  private static final String ARCHIVE_FOLDER = "tiny-imagenet-200";
  private static final int IMAGE_SIZE = 64;

  private final Path root;
  private final ClassFolders train;
  private final List<String> classes;
  private final ImageDecoder decoder = new ImageDecoder(IMAGE_SIZE);

  private TinyImageNet(Path root) {
    this.root = root;
    train = new ClassFolders(ClassFolders.required(root, "train", "training"));
    classes = train.names();
  }

  /** Lists the files below a folder or below the official archive's folder in it. */
  static DatasetFiles find(Path folder) {
    return new TinyImageNet(ClassFolders.firstOf(folder, ARCHIVE_FOLDER).orElse(folder)).files();
  }

  private DatasetFiles files() {
    checkAgainstList();
    return new DatasetFiles(IMAGE_SIZE, readableNames(), train.images(classes, decoder), testImages(), true);
  }

  /** An interrupted unpacking leaves folders out, which nothing else would reveal. */
  private void checkAgainstList() {
    Path list = root.resolve("wnids.txt");
    if (Files.exists(list)) {
      TreeSet<String> missing = new TreeSet<>(DataFile.of(list).lines().stream().map(String::strip).filter(id -> !id.isEmpty()).toList());
      int expected = missing.size();
      classes.forEach(missing::remove);
      if (!missing.isEmpty()) {
        throw BadInput.data("class folders", "the " + expected + " of wnids.txt", "none for " + String.join(", ", missing), train.folder());
      }
    }
  }

  /** The first word for each WordNet id, or the id itself where words.txt is absent or lacks it. */
  private List<String> readableNames() {
    Map<String, String> words = new HashMap<>();
    Path list = root.resolve("words.txt");
    if (Files.exists(list)) {
      for (String line : DataFile.of(list).lines()) {
        String[] idAndWords = line.split("\t", 2);
        words.put(idAndWords[0], idAndWords[idAndWords.length - 1].split(",", 2)[0].strip());
      }
    }
    return classes.stream().map(id -> words.getOrDefault(id, id)).toList();
  }

  private List<Part> testImages() {
    Path test = ClassFolders.required(root, "val", "validation");
    Path annotations = test.resolve("val_annotations.txt");
    return Files.exists(annotations) ? annotated(test, annotations) : new ClassFolders(test).images(classes, decoder);
  }

  private List<Part> annotated(Path test, Path annotations) {
    List<String> lines = DataFile.of(annotations).lines();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split("\t");
      int label = fields.length < 2 ? -1 : classes.indexOf(fields[1]);
      if (label < 0) {
        throw BadInput.data(
            "annotation", "a file name, a tab and a training class", "'" + lines.get(i) + "'", annotations + ", line " + (i + 1));
      }
      parts.add(decoder.part(DataFile.of(test.resolve("images").resolve(fields[0])), label));
    }
    return parts;
  }
}
