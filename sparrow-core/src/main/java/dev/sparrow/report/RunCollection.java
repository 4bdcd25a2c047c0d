package dev.sparrow.report;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigGroup;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import dev.sparrow.report.LeftOut.Reason;
import dev.sparrow.units.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that someone wants to compare.
 *
 * @param finished those that can be compared, in the order they were found
 * @param leftOut the others
 */
public record RunCollection(List<FinishedRun> finished, List<LeftOut> leftOut) {

  /** Copies the lists. */
  public RunCollection {
    finished = List.copyOf(finished);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads runs. A damaged run is left out like an unfinished one; it does not keep the others from being read.
   *
   * @param paths run folders, sweep folders, or folders with either anywhere below them
   * @return the runs
   * @throws BadInput if a path holds no run
   */
  public static RunCollection read(List<Path> paths) {
    Reader reader = new Reader();
    RunSearch.below(paths).forEach(reader::read);
    return new RunCollection(reader.finished, reader.leftOut);
  }

  /** Sorts runs into those that count and those that do not. */
  private static final class Reader {

    private record Experiment(ConfigGroup group, Seed seed) {}

    private final List<FinishedRun> finished = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Map<Experiment, Path> known = new HashMap<>();

    void read(RunSearch.Found run) {
      RunFolder folder = run.folder();
      if (!folder.holdsRun()) {
        leaveOut(folder.root(), Reason.UNFINISHED, "not started");
        return;
      }
      try {
        RunConfig config = ConfigFile.read(folder.config());
        if (folder.isFinished()) {
          finished(new FinishedRun(folder.root(), run.label(), config, MetricsLog.read(folder.metrics()), result(folder)));
        } else {
          leaveOut(folder.root(), Reason.UNFINISHED, epochs(folder) + " of " + config.epochs() + " epochs");
        }
      } catch (BadInput e) {
        leaveOut(folder.root(), Reason.DAMAGED, e.getMessage());
      }
    }

    private void finished(FinishedRun run) {
      Path first = known.putIfAbsent(new Experiment(run.group(), run.config().seed()), run.folder());
      if (first == null) {
        finished.add(run);
      } else {
        leaveOut(run.folder(), Reason.REPEATED, "the same configuration and seed as " + first);
      }
    }

    private void leaveOut(Path folder, Reason reason, String details) {
      leftOut.add(new LeftOut(folder, reason, details));
    }

    private static ResultRecord result(RunFolder folder) {
      return Json.read(folder.result(), ResultRecord.class);
    }

    /** A run that was stopped in its first epoch may have no log yet. */
    private static int epochs(RunFolder folder) {
      return Files.exists(folder.metrics()) ? MetricsLog.read(folder.metrics()).size() : 0;
    }
  }
}
