package dev.sparrow.analysis;

import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.IOConsumer;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The two files of an analysis: {@code NAME.json} with all its numbers and {@code NAME.png} with what one wants to see of them.
 *
 * @param folder where they lie
 * @param name the analysis, for example {@code layers}
 */
public record AnalysisFiles(Path folder, String name) {

  /**
   * The numbers.
   *
   * @return {@code NAME.json}
   */
  public Path json() {
    return folder.resolve(name + ".json");
  }

  /**
   * The picture.
   *
   * @return {@code NAME.png}
   */
  public Path picture() {
    return folder.resolve(name + ".png");
  }

  /**
   * Writes both, each replaced as a whole; the numbers come last, so that where they are new the picture is too.
   *
   * @param result what the JSON file holds
   * @param painter writes the picture to the path it is given, atomically
   * @throws IOException if one of them cannot be written
   */
  public void write(Object result, IOConsumer<Path> painter) throws IOException {
    painter.accept(picture());
    AtomicFiles.write(json(), Json.pretty(result));
  }
}
