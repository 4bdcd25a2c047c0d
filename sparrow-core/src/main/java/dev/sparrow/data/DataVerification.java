package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outcome of reading a data set from end to end.
 *
 * @param dataset the data set
 * @param files how many files of images were read
 * @param images how many images the intact ones hold
 * @param problems one line for each damaged file, each naming it; empty for an intact data set
 */
public record DataVerification(DatasetName dataset, int files, int images, List<String> problems) {

  /**
   * Whether everything could be read.
   *
   * @return true if there is no problem
   */
  public boolean intact() {
    return problems.isEmpty();
  }

  /**
   * Reads every file and keeps nothing. A fault that hides which files there should be, such as a missing folder, is then the only problem.
   *
   * @param name the data set
   * @param folder as for {@link Datasets#open}
   * @return what was found
   */
  public static DataVerification of(DatasetName name, Optional<Path> folder) {
    try {
      DatasetFiles found = Datasets.find(name, folder);
      return of(name, Stream.concat(found.train().stream(), found.test().stream()).toList());
    } catch (BadInput e) {
      if (e.isUsage()) {
        throw e;
      }
      return new DataVerification(name, 0, 0, List.of(e.getMessage()));
    }
  }

  private static DataVerification of(DatasetName name, List<Part> parts) {
    int images = 0;
    List<String> problems = new ArrayList<>();
    for (Outcome outcome : ParallelReading.inOrder(parts, Outcome::of)) {
      images += outcome.images();
      outcome.problem().ifPresent(problems::add);
    }
    return new DataVerification(name, parts.size(), images, List.copyOf(problems));
  }

  private record Outcome(int images, Optional<String> problem) {

    static Outcome of(Part part) {
      try {
        return new Outcome(part.read().size(), Optional.empty());
      } catch (BadInput e) {
        return new Outcome(0, Optional.of(e.getMessage()));
      }
    }
  }
}
