package dev.sparrow.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.SweepFolder;
import dev.sparrow.report.SweepIndex;
import java.nio.file.Path;
import java.util.List;

/**
 * The runs of a sweep and where they go. A run that the sweep folder already has keeps its folder, whatever the sweep file has become.
 *
 * @param folder the sweep folder; need not exist
 * @param runs in the order in which they are run
 */
public record SweepPlan(SweepFolder folder, List<PlannedRun> runs) {

  /** Copies the runs. */
  public SweepPlan {
    runs = List.copyOf(runs);
  }

  /**
   * Plans a sweep without changing anything.
   *
   * @param file the sweep file, JSON or YAML
   * @param names what its settings may be called besides their keys
   * @param root the sweep folder
   * @return the plan
   * @throws dev.sparrow.BadInput if the file or a configuration is wrong, or a run folder holds another run
   */
  public static SweepPlan read(Path file, SettingNames names, Path root) {
    SweepFolder folder = new SweepFolder(root);
    folder.checkUsable();
    SweepIndex stored = folder.index();
    List<PlannedRun> runs =
        Expansion.of(SweepFile.read(file, names)).stream()
            .map(run -> stored.ofHash(run.entry().hash()).map(known -> run.in(known.folder())).orElse(run))
            .toList();
    SweepPlan plan = new SweepPlan(folder, runs);
    plan.runs().forEach(plan::state);
    return plan;
  }

  /**
   * What a sweep file holds, to be written as JSON.
   *
   * @param file the sweep file, JSON or YAML
   * @return a fresh tree
   * @throws dev.sparrow.BadInput if the file is missing or malformed, or has an unknown section
   */
  public static ObjectNode settings(Path file) {
    return SweepFile.sections(file);
  }

  /**
   * The folder of a run.
   *
   * @param run one of the plan's
   * @return need not exist
   */
  public RunFolder folder(PlannedRun run) {
    return folder.run(run.entry().folder());
  }

  /**
   * How far a run is now.
   *
   * @param run one of the plan's
   * @return its state
   * @throws dev.sparrow.BadInput if its folder holds another run
   */
  public RunState state(PlannedRun run) {
    return RunState.of(folder(run), run.config());
  }

  /** What {@code sweep.json} holds. */
  SweepIndex index() {
    return SweepIndex.of(runs.stream().map(PlannedRun::entry).toList());
  }
}
