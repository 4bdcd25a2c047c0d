package dev.sparrow.report;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds run folders below folders that people name. */
final class RunSearch {

  private static final String WHAT = "run folder";
  private static final String EXPECTED = "a folder that holds a run, or runs below it";

  /**
   * A run folder.
   *
   * @param folder the folder; a run of a sweep need not have one yet
   * @param label what its sweep calls it; empty for a run on its own
   */
  record Found(RunFolder folder, Optional<String> label) {}

  /** By absolute path, so that a folder that is named twice counts once. */
  private final Map<Path, Found> found = new LinkedHashMap<>();

  private RunSearch() {}

  /**
   * Finds run folders.
   *
   * @param paths run folders, sweep folders, or folders with either anywhere below them
   * @return the run folders: in the order of the paths, as a sweep has them, and else sorted by name
   * @throws BadInput if a path holds none
   */
  static List<Found> below(List<Path> paths) {
    RunSearch search = new RunSearch();
    paths.forEach(search::start);
    return List.copyOf(search.found.values());
  }

  private void start(Path path) {
    if (!Files.isDirectory(path)) {
      throw BadInput.data(WHAT, EXPECTED, Files.exists(path) ? "a file" : "nothing", path);
    }
    try {
      if (!visit(path)) {
        throw BadInput.data(WHAT, EXPECTED, "one without config.json or sweep.json at or below it", path);
      }
    } catch (IOException | UncheckedIOException e) {
      throw BadInput.data(WHAT, "a folder that can be searched", e.getMessage(), path, e);
    }
  }

  /** Whether there was a run at or below the folder. A run's own folders, such as that of a first stage, are part of it. */
  private boolean visit(Path folder) throws IOException {
    RunFolder run = new RunFolder(folder);
    if (run.holdsRun()) {
      add(run, Optional.empty());
      return true;
    }
    SweepFolder sweep = new SweepFolder(folder);
    if (sweep.holdsSweep()) {
      sweep.index().runs().forEach(entry -> add(sweep.run(entry.folder()), Optional.of(entry.label())));
      return true;
    }
    boolean any = false;
    for (Path child : children(folder)) {
      any |= visit(child);
    }
    return any;
  }

  private void add(RunFolder run, Optional<String> label) {
    found.putIfAbsent(run.root().toAbsolutePath().normalize(), new Found(run, label));
  }

  /** Links are not followed, since they could lead in a circle; hidden folders are those that a writer has not completed. */
  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(entry -> Files.isDirectory(entry) && !Files.isSymbolicLink(entry)).sorted().forEach(children::add);
    }
    children.removeIf(child -> child.getFileName().toString().startsWith("."));
    return children;
  }
}
