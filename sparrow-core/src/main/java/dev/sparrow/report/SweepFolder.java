package dev.sparrow.report;

import dev.sparrow.BadInput;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The folder of a sweep: {@code sweep.json} and below it one run folder per run. Reading from one needs no lock, running a sweep in one
 * takes {@link #lock}.
 *
 * @param root the folder
 */
public record SweepFolder(Path root) {

  private static final String WHAT = "sweep folder";

  /**
   * A folder for a sweep that is new or goes on, made if missing.
   *
   * @param root the folder
   * @return the folder
   * @throws BadInput if it is a file or a run's folder
   */
  public static SweepFolder create(Path root) {
    SweepFolder folder = new SweepFolder(root);
    folder.checkUsable();
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw BadInput.data(WHAT, "a folder that can be made", e.toString(), root, e);
    }
    return folder;
  }

  /**
   * Checks that a sweep may run here, without making anything.
   *
   * @throws BadInput if it is a file or a run's folder
   */
  public void checkUsable() {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw BadInput.data(WHAT, "a new folder or a sweep's", "a file", root);
    }
    if (new RunFolder(root).holdsRun()) {
      throw BadInput.data(WHAT, "a new folder or a sweep's", "one that holds a run", root);
    }
  }

  /**
   * Whether a sweep was started here.
   *
   * @return true once its index is stored
   */
  public boolean holdsSweep() {
    return Files.exists(indexFile());
  }

  /**
   * The list of the runs.
   *
   * @return {@code sweep.json}
   */
  public Path indexFile() {
    return root.resolve("sweep.json");
  }

  /**
   * The runs of the sweep.
   *
   * @return as stored; without any before the sweep was started
   * @throws BadInput if the file is damaged
   */
  public SweepIndex index() {
    return holdsSweep() ? Json.read(indexFile(), SweepIndex.class) : SweepIndex.of(List.of());
  }

  /**
   * Stores the runs of the sweep.
   *
   * @param index the runs
   * @throws BadInput if the disk does not take it
   */
  public void store(SweepIndex index) {
    try {
      AtomicFiles.write(indexFile(), Json.pretty(index));
    } catch (IOException e) {
      throw BadInput.data("sweep.json", "a disk that takes it", e.toString(), indexFile(), e);
    }
  }

  /**
   * The folder of one run.
   *
   * @param name of {@link SweepIndex.Entry#folder()}
   * @return the folder, which need not exist yet
   */
  public RunFolder run(String name) {
    return new RunFolder(root.resolve(name));
  }

  /**
   * Takes the folder for this process until the lock is closed or the process ends, however it ends.
   *
   * @param patience how long to wait for it at most
   * @return the lock, to be closed
   * @throws BadInput if another process, or another sweep of this one, keeps the folder
   */
  public RunLock lock(Duration patience) {
    return RunLock.acquire(root, WHAT, patience);
  }
}
