package dev.sparrow.units;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of what computes, for results and checkpoints. */
public final class Versions {

  private Versions() {}

  /**
   * Sparrow, Java and operating system. Loads no natives.
   *
   * @return name to version, sorted
   */
  public static Map<String, String> current() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("sparrow", Optional.ofNullable(Versions.class.getPackage().getImplementationVersion()).orElse("development"));
    versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
    versions.put("libtorch", libtorch());
    return versions;
  }

  /** Read from the class path: asking libtorch itself would load it. */
  private static String libtorch() {
    String path = System.getProperty("java.class.path", "");
    var matcher = java.util.regex.Pattern.compile("pytorch-(\\d[\\w.]*-\\d[\\w.]*?)(?:-[a-z]+-\\w+)?\\.jar").matcher(path);
    return matcher.find() ? matcher.group(1) : "unknown";
  }
}
