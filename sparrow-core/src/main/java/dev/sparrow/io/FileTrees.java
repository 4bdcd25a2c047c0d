package dev.sparrow.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders with everything in them. */
public final class FileTrees {

  private FileTrees() {}

  /**
   * Makes a folder and its parents where they are missing. Unlike {@link Files#createDirectories} before JDK 20, a link to a folder will
   * do: data and runs are often kept on another disk behind one.
   *
   * @param folder the folder; may exist
   * @throws IOException if it cannot be made
   */
  public static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  /**
   * Deletes a folder with everything in it; links are removed, not followed.
   *
   * @param folder the folder; need not exist
   * @throws IOException if something cannot be deleted
   */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
