package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files of CIFAR in a folder, or in the official archive's top folder below it. Any of the training files will do, at least one.
 *
 * @param variant CIFAR-10 or CIFAR-100
 */
record CifarFolder(CifarVariant variant) {

  private static final Logger LOG = LoggerFactory.getLogger(CifarFolder.class);
  private static final int OFFICIAL_CIFAR10_FILES = 5;

  /** The files of the bundled sample. */
  static DatasetFiles sample() {
    CifarBinary binary = new CifarBinary(CifarVariant.CIFAR10);
    Function<String, DataFile> file = name -> DataFile.bundled("cifar10-sample/" + name);
    return new DatasetFiles(
        CifarVariant.IMAGE_SIZE,
        binary.classNames(file.apply("batches.meta.txt")),
        List.of(binary.records(file.apply("data_batch_1.bin"))),
        List.of(binary.records(file.apply("test_batch.bin"))),
        false);
  }

  /**
   * Looks for the binary layout.
   *
   * @throws BadInput if the folder holds none or lacks a file of it
   */
  DatasetFiles find(Path folder) {
    CifarVariant.Layout layout = variant.binary();
    for (Path candidate : List.of(folder, folder.resolve(layout.folder()))) {
      List<Path> train = trainingFiles(candidate, layout);
      if (!train.isEmpty()) {
        return binary(candidate, train);
      }
    }
    throw BadInput.data("data set " + variant.dataset().label(), "training files " + layout.train(), "none", folder);
  }

  private DatasetFiles binary(Path folder, List<Path> train) {
    CifarBinary binary = new CifarBinary(variant);
    CifarVariant.Layout layout = variant.binary();
    return files(
        binary.classNames(DataFile.of(folder.resolve(layout.names()))), train, folder.resolve(layout.test()), binary::records);
  }

  private DatasetFiles files(List<String> classNames, List<Path> train, Path test, Function<DataFile, Part> part) {
    if (variant == CifarVariant.CIFAR10 && train.size() < OFFICIAL_CIFAR10_FILES) {
      LOG.warn("{} of CIFAR-10's {} training files found: {}", train.size(), OFFICIAL_CIFAR10_FILES, train);
    }
    List<Part> parts = train.stream().map(DataFile::of).map(part).toList();
    return new DatasetFiles(CifarVariant.IMAGE_SIZE, classNames, parts, List.of(part.apply(DataFile.of(test))), false);
  }

  private static List<Path> trainingFiles(Path folder, CifarVariant.Layout layout) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(layout.train())).sorted().toList();
    } catch (IOException e) {
      throw BadInput.data("data folder", "a readable folder", e.toString(), folder, e);
    }
  }
}
