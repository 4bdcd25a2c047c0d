package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.List;

/** One file of a data set, found but not read. */
interface Part {

  /** The file, for messages. */
  String where();

  /**
   * Reads the whole file.
   *
   * @return its images
   * @throws BadInput if it is missing, truncated or corrupt; names the file
   */
  List<LabelledImage> read();
}
