package dev.sparrow.cli;

import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.TextTable;

/** What to say at the end of a training. */
final class TrainingSummary {

  private TrainingSummary() {}

  /**
   * The result, where everything is, and what to do next.
   *
   * @param result the run's
   * @param folder the run's
   * @return a few lines
   */
  static String text(ResultRecord result, RunFolder folder) {
    TextTable table = new TextTable().left("test images").right("clean").right("robust").right("epoch");
    ResultRecord.Best best = result.best();
    table.row("best", Texts.percent(best.cleanAccuracy()), Texts.percent(best.robustAccuracy()), best.epoch() + 1);
    ResultRecord.Accuracies last = result.last();
    table.row("final", Texts.percent(last.cleanAccuracy()), Texts.percent(last.robustAccuracy()), result.epochs());
    return table
        + System.lineSeparator()
        + Texts.format(
            "active weights  %s%ncurves          %s%nreport          %s%ncheckpoints     %s (last, best-robust, best-clean)%n"
                + "next            ./sparrow evaluate %s%n",
            Texts.percent(result.nonzeroFraction()),
            folder.curves(),
            folder.report(),
            folder.lastCheckpoint().getParent(),
            folder.root());
  }
}
