package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.List;
import java.util.function.Function;

/**
 * One file of a data set, found but not read.
 *
 * @param file where its images are
 * @param format reads them
 */
record Part(DataFile file, Function<DataFile, List<LabelledImage>> format) {

  /**
   * Reads the whole file.
   *
   * @throws BadInput if it is missing, truncated or corrupt; names the file
   */
  List<LabelledImage> read() {
    return format.apply(file);
  }
}
