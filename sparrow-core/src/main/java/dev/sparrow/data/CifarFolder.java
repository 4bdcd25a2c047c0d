package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files of CIFAR, binary or python, in a folder or in the official archive's top folder below it. Any of the training files will
 * do, at least one.
 *
 * @param variant CIFAR-10 or CIFAR-100
 */
record CifarFolder(CifarVariant variant) {

  private static final Logger LOG = LoggerFactory.getLogger(CifarFolder.class);
  private static final int OFFICIAL_CIFAR10_FILES = 5;

  /** The files of the bundled sample. */
  static DatasetFiles sample() {
    CifarFormat format = new CifarBinary(CifarVariant.CIFAR10);
    Function<String, DataFile> bundled = name -> DataFile.bundled("cifar10-sample/" + name);
    return files(format, bundled, List.of(bundled.apply("data_batch_1.bin")));
  }

  /**
   * Looks for either format.
   *
   * @throws BadInput if the folder holds none or lacks a file of it
   */
  DatasetFiles find(Path folder) {
    List<CifarFormat> formats = List.of(new CifarBinary(variant), new CifarPython(variant));
    for (CifarFormat format : formats) {
      for (Path candidate : List.of(folder, folder.resolve(format.layout().folder()))) {
        List<Path> train = trainingFiles(candidate, format.layout().train());
        if (!train.isEmpty()) {
          warnOfMissing(train);
          return files(format, name -> DataFile.of(candidate.resolve(name)), train.stream().map(DataFile::of).toList());
        }
      }
    }
    List<String> known = formats.stream().map(format -> format.layout().train()).toList();
    throw BadInput.data("data set " + variant.dataset().label(), "training files " + String.join(" or ", known), "none", folder);
  }

  private static DatasetFiles files(CifarFormat format, Function<String, DataFile> named, List<DataFile> train) {
    CifarVariant.Layout layout = format.layout();
    return new DatasetFiles(
        CifarVariant.IMAGE_SIZE,
        format.classNames(named.apply(layout.names())),
        train.stream().map(file -> new Part(file, format::images)).toList(),
        List.of(new Part(named.apply(layout.test()), format::images)),
        false);
  }

  /** A part of CIFAR-10 is welcome for a small experiment, but nobody should take it for the whole. */
  private void warnOfMissing(List<Path> train) {
    if (variant == CifarVariant.CIFAR10 && train.size() < OFFICIAL_CIFAR10_FILES) {
      LOG.warn("{} of CIFAR-10's {} training files found: {}", train.size(), OFFICIAL_CIFAR10_FILES, train);
    }
  }

  private static List<Path> trainingFiles(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      return StreamSupport.stream(files.spliterator(), false).filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw BadInput.data("data folder", "a readable folder", e.toString(), folder, e);
    }
  }
}
