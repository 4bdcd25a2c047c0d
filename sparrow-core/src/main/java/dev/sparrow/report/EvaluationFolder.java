package dev.sparrow.report;

import dev.sparrow.BadInput;
import dev.sparrow.io.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The folder of one evaluation and the names of what lies in it. Evaluating takes {@link #lock()} of this folder alone, so a run may be
 * trained, reported and evaluated in several ways at once.
 *
 * @param root the folder
 */
public record EvaluationFolder(Path root) {

  private static final String WHAT = "evaluation folder";

  /**
   * The folder of an evaluation of a run.
   *
   * @param run the run
   * @param name of the evaluation
   * @return {@code evaluations/NAME} in the run's folder, which need not exist
   */
  public static EvaluationFolder of(RunFolder run, String name) {
    return new EvaluationFolder(run.evaluations().resolve(name));
  }

  /**
   * Makes the folder where it is missing, and takes it for this process until the lock is closed.
   *
   * @return the lock, to be closed
   * @throws BadInput if it cannot be made, is that of a run or a sweep, or another process is using it
   */
  public RunLock lock() {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw BadInput.data(WHAT, "a folder", "a file", root);
    }
    if (new RunFolder(root).holdsRun() || new SweepFolder(root).holdsSweep()) {
      throw BadInput.data(WHAT, "a folder of its own", "one that holds a run or a sweep", root);
    }
    try {
      FileTrees.create(root);
    } catch (IOException e) {
      throw BadInput.data(WHAT, "a folder that can be made", e.toString(), root, e);
    }
    return RunLock.acquire(root, WHAT, Duration.ZERO);
  }

  /**
   * What was measured, see {@link ResultCard}.
   *
   * @return {@code card.json}
   */
  public Path card() {
    return root.resolve("card.json");
  }

  /**
   * What was asked for, to be asked for again.
   *
   * @return {@code settings.json}
   */
  public Path settings() {
    return root.resolve("settings.json");
  }

  /**
   * Which attack broke which image.
   *
   * @return {@code outcomes.csv}
   */
  public Path outcomes() {
    return root.resolve("outcomes.csv");
  }

  /**
   * Where an evaluation that has not finished stands.
   *
   * @return {@code state}, a folder
   */
  public Path state() {
    return root.resolve("state");
  }
}
