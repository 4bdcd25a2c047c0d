package dev.sparrow.report;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The folder of one run and the names of what lies in it; reading from one needs no lock, training into one takes {@link #lock()}.
 *
 * @param root the folder
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record RunFolder(Path root) {

  /** Left by a process that ended before its run began; such a folder is as good as empty. */
  private static final Set<String> INCIDENTAL = Set.of("run.lock", "log.txt");

  /**
   * A folder for a new run, made if missing.
   *
   * @param root the folder
   * @return the folder
   * @throws BadInput if it holds a run, finished or not, or anything else
   */
  public static RunFolder create(Path root) {
    if (new RunFolder(root).holdsRun()) {
      throw BadInput.data("run folder", "a new or empty folder", "one that holds a run; use --resume to continue it", root);
    }
    RunFolder folder = shared(root);
    List<String> foreign = folder.foreign();
    if (!foreign.isEmpty()) {
      throw BadInput.data("run folder", "a new or empty folder", "one that holds '" + foreign.get(0) + "'", root);
    }
    return folder;
  }

  /**
   * A folder that several processes may want, made if missing. What it holds counts only once it is locked.
   *
   * @param root the folder
   * @return the folder
   * @throws BadInput if it is a file
   */
  public static RunFolder shared(Path root) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw BadInput.data("run folder", "a new or empty folder", "a file", root);
    }
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw BadInput.data("run folder", "a folder that can be made", e.toString(), root, e);
    }
    return new RunFolder(root);
  }

  /**
   * The folder of a run to continue, evaluate or report.
   *
   * @param root the folder
   * @return the folder
   * @throws BadInput if it holds no run
   */
  public static RunFolder existing(Path root) {
    RunFolder folder = new RunFolder(root);
    if (!folder.holdsRun()) {
      String got = Files.isDirectory(root) ? "one without config.json" : Files.exists(root) ? "a file" : "nothing";
      throw BadInput.data("run folder", "a folder that holds a run", got, root);
    }
    return folder;
  }

  /**
   * Takes the folder for this process until the lock is closed or the process ends, however it ends.
   *
   * @return the lock, to be closed
   * @throws BadInput if another process, or another run of this one, is using the folder
   */
  public RunLock lock() {
    return RunLock.acquire(root, "run folder", Duration.ZERO);
  }

  /**
   * The same where another process may well have the folder.
   *
   * @return the lock, to be closed; empty if another process, or another run of this one, is using the folder
   */
  public Optional<RunLock> tryLock() {
    return RunLock.tryAcquire(root, "run folder");
  }

  /**
   * Whether a run was started here.
   *
   * @return true once its configuration is stored
   */
  public boolean holdsRun() {
    return Files.exists(config());
  }

  /**
   * Whether the run ended regularly.
   *
   * @return true once its result is stored
   */
  public boolean isFinished() {
    return Files.exists(result());
  }

  /**
   * The whole resolved configuration and its hash.
   *
   * @return {@code config.json}
   */
  public Path config() {
    return root.resolve("config.json");
  }

  /**
   * One object per epoch, see {@link MetricsLog}.
   *
   * @return {@code metrics.jsonl}
   */
  public Path metrics() {
    return root.resolve("metrics.jsonl");
  }

  /**
   * What the run achieved, see {@link ResultRecord}.
   *
   * @return {@code result.json}
   */
  public Path result() {
    return root.resolve("result.json");
  }

  /**
   * Which engine computes which part of the network, where the choice is automatic.
   *
   * @return {@code engine.json}
   */
  public Path engine() {
    return root.resolve("engine.json");
  }

  /**
   * Learning curves, see {@link Curves}.
   *
   * @return {@code curves.png}
   */
  public Path curves() {
    return root.resolve("curves.png");
  }

  /**
   * The run on one page, see {@link HtmlReport}.
   *
   * @return {@code report.html}
   */
  public Path report() {
    return root.resolve("report.html");
  }

  /**
   * Images before and after an attack, see {@link AdversarialExamples}.
   *
   * @return {@code adversarial.safetensors}
   */
  public Path adversarial() {
    return root.resolve("adversarial.safetensors");
  }

  /**
   * Where evaluations of the run's network are kept, each in a folder of its own.
   *
   * @return {@code evaluations}
   */
  public Path evaluations() {
    return root.resolve("evaluations");
  }

  /**
   * What was logged.
   *
   * @return {@code log.txt}
   */
  public Path log() {
    return root.resolve("log.txt");
  }

  /**
   * The state to resume from.
   *
   * @return {@code checkpoints/last}
   */
  public Path lastCheckpoint() {
    return checkpoint("last");
  }

  /**
   * The network of the best validation robust accuracy.
   *
   * @return {@code checkpoints/best-robust}
   */
  public Path bestRobustCheckpoint() {
    return checkpoint("best-robust");
  }

  /**
   * The network of the best validation clean accuracy.
   *
   * @return {@code checkpoints/best-clean}
   */
  public Path bestCleanCheckpoint() {
    return checkpoint("best-clean");
  }

  /**
   * The network after the epoch that a ticket is rewound to.
   *
   * @return {@code checkpoints/rewind}
   */
  public Path rewindCheckpoint() {
    return checkpoint("rewind");
  }

  /**
   * The masks and weights that the run started from, or that its first stage found.
   *
   * @return {@code ticket}
   */
  public Path ticket() {
    return root.resolve("ticket");
  }

  /**
   * The first stage of a Robust Bird run, a run folder itself.
   *
   * @return {@code stage1}
   */
  public RunFolder stageOne() {
    return new RunFolder(root.resolve("stage1"));
  }

  /**
   * How far apart the masks of an early-bird training were, see {@link DistanceMap}.
   *
   * @return {@code distances.png}
   */
  public Path distances() {
    return root.resolve("distances.png");
  }

  private Path checkpoint(String name) {
    return root.resolve("checkpoints").resolve(name);
  }

  private List<String> foreign() {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !INCIDENTAL.contains(name) && !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }
}
