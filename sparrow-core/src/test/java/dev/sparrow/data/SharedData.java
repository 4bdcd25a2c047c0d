package dev.sparrow.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real images that lie beside a checkout on some machines. */
final class SharedData {

  private SharedData() {}

  /** A file or folder of the shared data; skips the test where there is none. */
  static Path path(String name) {
    Path path = Path.of(System.getProperty("sparrow.shared", "absent"), "data", name);
    Assumptions.assumeTrue(Files.exists(path), "no shared data: " + name);
    return path;
  }
}
