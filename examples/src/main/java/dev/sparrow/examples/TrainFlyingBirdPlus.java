package dev.sparrow.examples;

import dev.sparrow.config.ConfigSources;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.sparse.TopologyUpdate;
import dev.sparrow.train.StopSignal;
import dev.sparrow.train.TrainingListener;
import dev.sparrow.train.TrainingRun;
import java.nio.file.Path;
import java.util.Locale;

/** Trains a network with Flying Bird+ and follows it; the same call continues a run that was interrupted. */
public final class TrainFlyingBirdPlus {

  private TrainFlyingBirdPlus() {}

  /**
   * Runs the program.
   *
   * @param args the run folder, then settings as in {@code config.json}, for example {@code epochs=2 sparsity.density=0.1}
   */
  public static void main(String... args) {
    RunFolder folder = new RunFolder(Path.of(args[0]));
    ConfigSources settings = ConfigSources.defaults().set("method=flying-bird-plus").set("network.width=16").set("epochs=8");
    for (int i = 1; i < args.length; i++) {
      settings.set(args[i]);
    }
    ResultRecord result = TrainingRun.execute(settings.resolve(), folder.root(), folder.holdsRun(), new Printer(), new StopSignal());
    print("best: epoch %d, %.1f %% robust", result.best().epoch(), 100 * result.best().robustAccuracy());
    print("robust overfitting: %.1f points", 100 * result.robustGap());
    print("active weights: %.1f %%", 100 * result.nonzeroFraction());
    print("report: %s", folder.report());
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  /** Listeners override what they want to hear; all calls come from the thread that trains. */
  private static final class Printer implements TrainingListener {

    private int updates;

    @Override
    public void topologyUpdated(TopologyUpdate update) {
      updates++;
    }

    @Override
    public void epochFinished(EpochRecord epoch) {
      double robust = 100 * epoch.validation().robust();
      print("epoch %d: %.1f %% robust in validation, density %.3f, %d topology updates", epoch.epoch(), robust, epoch.density(), updates);
    }
  }
}
