package dev.sparrow.examples;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.SparsityConfig;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.sparse.SparseTraining;
import dev.sparrow.sparse.SparsityMethod;
import dev.sparrow.train.StopSignal;
import dev.sparrow.train.TrainingListener;
import dev.sparrow.train.TrainingRun;
import java.nio.file.Path;
import java.util.Locale;

/** Trains with a sparsity method of one's own: {@link MovementPlan} moves the masks, the library does the rest. */
public final class MySparsityMethod {

  private MySparsityMethod() {}

  /**
   * Runs the program; the same call continues a run that was interrupted.
   *
   * @param args the run folder, then settings as in {@code config.json}, for example {@code epochs=2 sparsity.density=0.1}
   */
  public static void main(String... args) {
    RunFolder folder = new RunFolder(Path.of(args[0]));
    ConfigSources settings = ConfigSources.defaults().set("method=custom").set("network.width=16").set("epochs=8");
    for (int i = 1; i < args.length; i++) {
      settings.set(args[i]);
    }
    ResultRecord result =
        TrainingRun.execute(
            settings.resolve(), MySparsityMethod::create, folder.root(), folder.holdsRun(), TrainingListener.SILENT, new StopSignal());
    double robust = 100 * result.best().robustAccuracy();
    System.out.printf(Locale.ROOT, "%.1f %% robust with %.1f %% of the weights%n", robust, 100 * result.nonzeroFraction());
  }

  /** The recipe: random first masks, as the configuration says, then the plan. */
  static SparsityMethod create(RunConfig config, Blueprint blueprint, long iterationsPerEpoch) {
    SparsityConfig sparsity = config.sparsity();
    FirstMasks firstMasks = new FirstMasks(config.prune(), blueprint.allocation(sparsity.init()), sparsity.density());
    MovementPlan plan = new MovementPlan(UpdateSchedule.every(sparsity.updateFrequency()), sparsity.dropFraction());
    return new SparseTraining(Method.CUSTOM, firstMasks, new LayerCollapse(config.prune().allowCollapse()), plan);
  }
}
